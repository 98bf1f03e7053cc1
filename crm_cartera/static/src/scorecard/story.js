import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, useEffect} from "@odoo/owl";

import {ChartCanvas} from "../screen/chart";
import {Choice} from "../screen/choice";
import {formatShare} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {readAddress, useScorecardAddress} from "./address";
import {describeLight, describeNeed} from "./card";
import {ClosedNote} from "./closed_note";
import {Contributors} from "./contributors";
import {TrafficLight} from "./light";
import {PeriodChoice} from "./period_choice";
import {StorySplit} from "./split";
import {getStoryChart} from "./story_chart";
import {describeTarget, formatChange, formatFigure, getTrends, isMissing} from "./words";

/** One indicator: how it went, who brings it, what it means and which records are behind it. */
export class Story extends Component {
    static template = "crm_cartera.Story";
    static components = {
        ChartCanvas,
        Choice,
        ClosedNote,
        Contributors,
        PeriodChoice,
        ScreenFrame,
        StorySplit,
        TrafficLight,
    };
    static props = {...standardActionServiceProps};

    setup() {
        const {indicator, ...asked} = readAddress(this.props.action);
        this.screen = useScreen("get_story", {
            indicator_id: indicator,
            ...asked,
            user_id: undefined,
        });
        useScorecardAddress(() => this.data);
        useEffect(
            (name) => {
                if (name) {
                    this.env.config.setDisplayName(name);
                }
            },
            () => [this.card?.name]
        );
        this.configure = (data, theme) =>
            getStoryChart(data, data.currency_id, theme, ({key}) => this.choose({period: key}));
    }

    get data() {
        return this.screen.data;
    }

    get card() {
        return this.data?.indicator || null;
    }

    get isEmpty() {
        return !!this.data && !this.card;
    }

    get indicators() {
        return (this.screen.known?.indicators ?? []).map(({id, name}) => ({
            value: id,
            label: name,
        }));
    }

    get value() {
        return this.format(this.card.value);
    }

    get target() {
        return describeTarget(this.card, this.data.currency_id);
    }

    get trends() {
        return getTrends(this.card, this.data.currency_id);
    }

    get lightName() {
        const {light, value} = this.card;
        return describeLight(light, value);
    }

    /** The plan of a number that is to grow: what each of its targets asks for from today on. */
    get plan() {
        const {pace} = this.card;
        return pace ? [pace, ...pace.later].map((point) => this.describePoint(point)) : [];
    }

    describePoint({target, date_label, needed}) {
        const words = {target: formatFigure(target, "count"), date: date_label};
        if (isMissing(needed)) {
            return _t("%(target)s by %(date)s", words);
        }
        return needed
            ? _t("%(target)s by %(date)s: %(needed)s", {...words, needed: describeNeed(needed)})
            : _t("%(target)s by %(date)s: reached", words);
    }

    get growth() {
        const {pace} = this.card;
        return isMissing(pace?.growth)
            ? ""
            : _t("So far %s a month", formatChange({change: Math.round(pace.growth)}, "count"));
    }

    /** What the figure means and how it is judged: [{name, label, text}]. */
    get definition() {
        const {definition} = this.data;
        const {direction, numerator, denominator, form} = this.card;
        const isRatio = form === "ratio" && !isMissing(denominator);
        return [
            {name: "method", label: _t("Measured by"), text: definition.method},
            {name: "unit", label: _t("Unit"), text: definition.unit},
            {name: "period", label: _t("Judged by"), text: definition.period},
            {
                name: "direction",
                label: _t("Better"),
                text:
                    direction === "lower"
                        ? _t("The lower, the better")
                        : _t("The higher, the better"),
            },
            {
                name: "tolerance",
                label: _t("Close to target"),
                text: definition.tolerance
                    ? _t("Up to %s short of it", formatShare(definition.tolerance, 0))
                    : "",
            },
            {
                name: "parts",
                label: _t("Made of"),
                text: isRatio ? `${this.part(numerator)} / ${this.part(denominator)}` : "",
            },
        ].filter(({text}) => text);
    }

    /** A part of a ratio, whose unit is not the ratio's. */
    part(value) {
        return formatFigure(value, "count");
    }

    format(value) {
        return formatFigure(value, this.card.unit, this.data.currency_id) || "–";
    }

    choose(choices) {
        const {indicator, period, scope} = this.data ?? {};
        const shown = indicator ? {indicator_id: indicator.id, period: period.key, scope} : {};
        Object.assign(this.screen.choices, {...shown, ...choices});
        return this.screen.load();
    }

    openRecords() {
        const {indicator, period, scope} = this.data;
        return this.screen.open("open_story_records", {
            indicator_id: indicator.id,
            period: period.key,
            scope,
        });
    }
}

registry.category("actions").add("crm_cartera.story", Story);
