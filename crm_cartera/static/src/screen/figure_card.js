import {Component} from "@odoo/owl";

/** A figure with its name; what it means is told on hover. A click opens what is behind it, if given. */
export class FigureCard extends Component {
    static template = "crm_cartera.FigureCard";
    static props = {
        name: String,
        label: String,
        value: String,
        help: {type: String, optional: true},
        /** Name of the CSS variable of its dot. */
        color: {type: String, optional: true},
        onClick: {type: Function, optional: true},
    };
}
