import {_t} from "@web/core/l10n/translation";

import {Component} from "@odoo/owl";

import {ErrorBox} from "../screen/error_box";
import {usePart} from "../screen/part";
import {formatFigure, isMissing} from "./words";

/** The accounts that bring most and least of a figure, of those that the user may see. */
export class Contributors extends Component {
    static template = "crm_cartera.Contributors";
    static components = {ErrorBox};
    static props = {
        /** The story: indicator, period, scope. */
        frame: Object,
        onAccount: Function,
    };

    setup() {
        this.part = usePart("get_story_contributors", ({frame}) => ({
            indicator_id: frame.indicator.id,
            period: frame.period.key,
            scope: frame.scope,
        }));
    }

    get lists() {
        const {best, worst} = this.part.data;
        return [
            {name: "best", label: _t("Best accounts"), rows: best},
            {name: "worst", label: _t("Worst accounts"), rows: worst},
        ].filter(({rows}) => rows.length);
    }

    /** What an account brings: its own figure, or its part of numerator and denominator of a ratio. */
    format({value, unit}) {
        const {indicator, currency_id} = this.props.frame;
        return isMissing(value) ? "–" : formatFigure(value, unit || indicator.unit, currency_id);
    }
}
