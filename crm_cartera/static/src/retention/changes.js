import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {formatCount} from "../screen/format";
import {getMessage} from "../screen/screen_hook";

/** Whose retention status changed in the last seven days. */
export class RetentionChanges extends Component {
    static template = "crm_cartera.RetentionChanges";
    static components = {Choice};
    static props = {
        screen: Object,
        /** What the screen read last: when it reads anew, so does this list. */
        data: Object,
        statuses: Array,
    };

    setup() {
        this.keepLast = new KeepLast();
        this.state = useState({counts: null, rows: [], error: ""});
        onWillStart(() => {
            this.load();
        });
        onWillUpdateProps((next) => {
            if (next.data !== this.props.data) {
                this.load();
            }
        });
    }

    get view() {
        return this.props.screen.view;
    }

    get directions() {
        const {counts} = this.state;
        const option = (value, label, count) => ({
            value,
            label: counts ? `${label} ${formatCount(count(counts))}` : label,
        });
        return [
            option(null, _t("All"), ({all}) => all),
            option("worse", _t("Worse"), ({worse}) => worse),
            option("better", _t("Better"), ({better}) => better),
        ];
    }

    get hidden() {
        const count = this.state.counts?.[this.view.direction ?? "all"] ?? 0;
        const hidden = count - this.state.rows.length;
        return hidden > 0 ? _t("and %s more", formatCount(hidden)) : "";
    }

    async load() {
        const {direction} = this.view;
        this.state.error = "";
        try {
            const reading = this.props.screen.call("get_retention_changes", {direction});
            Object.assign(this.state, await this.keepLast.add(reading));
        } catch (error) {
            this.state.error = getMessage(error);
        }
    }

    choose(direction) {
        this.view.direction = direction;
        return this.load();
    }

    open() {
        const {direction} = this.view;
        return this.props.screen.open("open_retention_changes", {direction});
    }

    getStatus(code) {
        return (
            this.props.statuses.find((status) => status.code === code) ?? {
                name: _t("Never bought"),
                color: "transparent",
            }
        );
    }

    getDay(date) {
        return formatDate(deserializeDate(date));
    }
}
