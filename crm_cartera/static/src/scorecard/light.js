import {Component} from "@odoo/owl";

import {LIGHTS, getLightName} from "./words";

/** A traffic light: colour, shape and words say the same. */
export class TrafficLight extends Component {
    static template = "crm_cartera.TrafficLight";
    static props = {light: String, name: {type: String, optional: true}};

    get shape() {
        return LIGHTS[this.props.light];
    }

    get name() {
        return this.props.name ?? getLightName(this.props.light);
    }
}
