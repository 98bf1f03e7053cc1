import {Component} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The help of a field as text: the settings page shows no tooltip on its labels. */
export class FieldHelp extends Component {
    static template = "crm_cartera.FieldHelp";
    static props = {...standardWidgetProps, name: {type: String}};

    get help() {
        return this.props.record.fields[this.props.name].help;
    }
}

registry.category("view_widgets").add("cartera_field_help", {
    component: FieldHelp,
    extractProps: ({attrs}) => ({name: attrs.field}),
});
