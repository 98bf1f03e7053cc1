import {_t} from "@web/core/l10n/translation";

import {Component} from "@odoo/owl";

import {TrafficLight} from "./light";
import {Spark} from "./spark";
import {describeTarget, formatFigure, getLightName, getTrends, isMissing} from "./words";

/** An indicator: its figure, its target and light, what it was before; a click opens its story. */
export class IndicatorCard extends Component {
    static template = "crm_cartera.IndicatorCard";
    static components = {Spark, TrafficLight};
    static props = {
        card: Object,
        /** What the server says of period, scope and currency. */
        frame: Object,
        onOpen: Function,
    };

    get card() {
        return this.props.card;
    }

    get value() {
        const {value, unit} = this.card;
        return formatFigure(value, unit, this.props.frame.currency_id);
    }

    get target() {
        return describeTarget(this.card, this.props.frame.currency_id);
    }

    get lightName() {
        const {light, value} = this.card;
        return describeLight(light, value);
    }

    get trends() {
        const trends = getTrends(this.card, this.props.frame.currency_id);
        return trends.filter(({isKnown}) => isKnown);
    }

    /** The period of the card, if it is a longer one than the one that is chosen. */
    get period() {
        const {period, period_label} = this.card;
        return period === this.props.frame.period.key ? "" : period_label;
    }

    get isFlow() {
        return this.card.form === "flow";
    }

    /** How far the figure is on its way to the target, for what adds up: 0..100. */
    get progress() {
        const {value, target} = this.card;
        const isRunning = this.card.state === "running";
        if (!this.isFlow || !isRunning || isMissing(value) || !(target > 0)) {
            return null;
        }
        return Math.max(0, Math.min(100, (value / target) * 100));
    }

    get due() {
        const {expected, target} = this.card;
        return Math.max(0, Math.min(100, (expected / target) * 100));
    }

    /** What changed after the period was closed. */
    get changed() {
        const {changed, value_now, unit} = this.card;
        return changed
            ? _t("now %s", formatFigure(value_now, unit, this.props.frame.currency_id) || "–")
            : "";
    }

    get pace() {
        const {pace} = this.card;
        return pace?.needed ? describeNeed(pace.needed) : "";
    }

    get words() {
        return [this.card.name, this.value || _t("No data"), this.target, this.lightName].join(
            ", "
        );
    }
}

/** What a light says; without one, what is missing. */
export function describeLight(light, value) {
    if (light !== "none") {
        return getLightName(light);
    }
    return isMissing(value) ? _t("No data") : _t("No target");
}

/** What has to come each month to reach a target in time; there are no parts of a contact. */
export function describeNeed(needed) {
    return _t("%s a month needed", formatFigure(Math.ceil(needed), "count"));
}
