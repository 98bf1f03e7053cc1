import {Component} from "@odoo/owl";

/** What every block of the sheet is given. */
export const blockProps = {
    block: Object,
    data: Object,
    sheet: Object,
};

/** A block that is a title and lines of text {label, value}: what bridges need not write anew. */
export class Lines extends Component {
    static template = "crm_cartera.SheetLines";
    static props = {...blockProps};
}
