import {Component} from "@odoo/owl";

/** One of several: as buttons side by side, or as a list if there are many. */
export class Choice extends Component {
    static template = "crm_cartera.Choice";
    static props = {
        name: String,
        label: String,
        options: {type: Array, element: {type: Object, shape: {value: true, label: String}}},
        value: true,
        onChange: Function,
        isList: {type: Boolean, optional: true},
    };

    get selected() {
        return this.props.options.findIndex((option) => option.value === this.props.value);
    }

    onSelect(ev) {
        this.props.onChange(this.props.options[ev.target.selectedIndex].value);
    }
}
