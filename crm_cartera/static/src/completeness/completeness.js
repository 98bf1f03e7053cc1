import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Component} from "@odoo/owl";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {formatShare} from "../screen/format";

const format = (share) => formatShare(share, 0);
registry.category("formatters").add("cartera_completeness", format);

/** How much of a record is filled in: a bar and the share; nothing where nothing is wanted. */
export class Completeness extends Component {
    static template = "crm_cartera.Completeness";
    static props = {...standardFieldProps};

    get share() {
        return this.props.record.data[this.props.name];
    }

    get isKnown() {
        return typeof this.share === "number";
    }

    get text() {
        return format(this.share);
    }

    get width() {
        return `width: ${Math.round(this.share * 100)}%`;
    }
}

registry.category("fields").add("cartera_completeness", {
    component: Completeness,
    displayName: _t("Completeness"),
    supportedTypes: ["float"],
    isEmpty: (record, name) => record.data[name] === false,
});
