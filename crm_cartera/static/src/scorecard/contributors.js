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
        const {largest, smallest} = this.part.data;
        const falls = this.props.frame.indicator.direction === "lower";
        const best = {name: "best", label: _t("Best accounts"), rows: falls ? smallest : largest};
        const worst = {
            name: "worst",
            label: _t("Worst accounts"),
            rows: falls ? largest : smallest,
        };
        return [best, worst].filter(({rows}) => rows.length);
    }

    /** The figure of an account by itself. */
    format({value}) {
        const {indicator, currency_id} = this.props.frame;
        return isMissing(value) ? "–" : formatFigure(value, indicator.unit, currency_id);
    }

    /** What a ratio of an account is made of. */
    formatParts({numerator, denominator}) {
        const {form} = this.props.frame.indicator;
        return form === "ratio" && !isMissing(denominator)
            ? `${formatFigure(numerator, "count")} / ${formatFigure(denominator, "count")}`
            : "";
    }
}
