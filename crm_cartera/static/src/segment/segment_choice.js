import {_t} from "@web/core/l10n/translation";

import {Component} from "@odoo/owl";

import {Choice} from "../screen/choice";

/** A dimension, and one of its segments. */
export class SegmentChoice extends Component {
    static template = "crm_cartera.SegmentChoice";
    static components = {Choice};
    static props = {
        dimensions: Array,
        /** Id of the segment. */
        value: {type: [Number, Boolean]},
        onChange: Function,
        /** Name of the choice of no segment, if that is one. */
        none: {type: String, optional: true},
    };

    get dimension() {
        return this.props.dimensions.find(({segments}) =>
            segments.some(({id}) => id === this.props.value)
        );
    }

    get dimensions() {
        const options = this.props.dimensions.map(({id, name}) => ({value: id, label: name}));
        return this.props.none ? [{value: false, label: this.props.none}, ...options] : options;
    }

    get segments() {
        return (this.dimension?.segments ?? []).map(({id, name}) => ({value: id, label: name}));
    }

    get labels() {
        return {dimension: _t("Dimension"), segment: _t("Segment")};
    }

    onDimension(id) {
        const dimension = this.props.dimensions.find((one) => one.id === id);
        this.props.onChange(dimension ? dimension.segments[0].id : null);
    }
}
