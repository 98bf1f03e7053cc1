import {_t} from "@web/core/l10n/translation";

import {Component, useState} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {ErrorBox} from "../screen/error_box";
import {usePart} from "../screen/part";
import {TrafficLight} from "./light";
import {formatFigure, isMissing} from "./words";

/** The figure of an indicator by team, salesperson or segment. */
export class StorySplit extends Component {
    static template = "crm_cartera.StorySplit";
    static components = {Choice, ErrorBox, TrafficLight};
    static props = {
        /** The story: indicator, period, scope, ways to split it. */
        frame: Object,
        /** Called with the scope of a row that may be looked at by itself. */
        onScope: Function,
    };

    setup() {
        this.view = useState({by: this.props.frame.splits[0].key});
        this.part = usePart("get_story_split", ({frame}) => ({
            indicator_id: frame.indicator.id,
            period: frame.period.key,
            scope: frame.scope,
            by: this.by,
        }));
    }

    /** By what it is split: what was chosen, as long as it is there to choose. */
    get by() {
        const keys = this.props.frame.splits.map(({key}) => key);
        return keys.includes(this.view.by) ? this.view.by : keys[0];
    }

    get ways() {
        return this.props.frame.splits.map(({key, label}) => ({value: key, label}));
    }

    split(by) {
        this.view.by = by;
        this.part.load();
    }

    get rows() {
        const values = this.part.data.map(({value}) => Math.abs(value ?? 0));
        const highest = Math.max(...values);
        const scopes = this.props.frame.scopes.map(({key}) => key);
        return this.part.data.map((row) => ({
            ...row,
            text: this.format(row.value) || "–",
            targetText: isMissing(row.target) ? "" : _t("of %s", this.format(row.target)),
            width: highest && !isMissing(row.value) ? (Math.abs(row.value) / highest) * 100 : 0,
            falls: row.value < 0,
            opens: row.key !== this.props.frame.scope && scopes.includes(row.key),
        }));
    }

    get hasTargets() {
        return this.part.data.some(({target}) => !isMissing(target));
    }

    format(value) {
        const {indicator, currency_id} = this.props.frame;
        return formatFigure(value, indicator.unit, currency_id);
    }
}
