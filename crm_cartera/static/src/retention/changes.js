import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {ErrorBox} from "../screen/error_box";
import {formatCount} from "../screen/format";
import {getMessage} from "../screen/screen_hook";

/** Whose retention status changed in the last seven days. */
export class RetentionChanges extends Component {
    static template = "crm_cartera.RetentionChanges";
    static components = {Choice, ErrorBox};
    static props = {
        screen: Object,
        /** What the screen read last: when it reads anew, so does this list. */
        data: Object,
        statuses: Array,
    };

    setup() {
        this.keepLast = new KeepLast();
        /** ``shown``: the direction of the rows. */
        this.state = useState({counts: null, rows: [], shown: null, error: ""});
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

    /** Accounts, each of which may have several rows, that are not among the latest changes. */
    get hidden() {
        const {counts, rows, shown} = this.state;
        const listed = new Set(rows.map((row) => row.profile_id)).size;
        const hidden = (counts?.[shown ?? "all"] ?? 0) - listed;
        return hidden > 0 ? _t("and %s more", formatCount(hidden)) : "";
    }

    async load() {
        const {direction} = this.view;
        this.state.error = "";
        try {
            const reading = this.props.screen.call("get_retention_changes", {direction});
            Object.assign(this.state, await this.keepLast.add(reading), {shown: direction});
        } catch (error) {
            Object.assign(this.state, {counts: null, rows: [], error: getMessage(error)});
        }
    }

    choose(direction) {
        this.view.direction = direction;
        return this.load();
    }

    open() {
        const {shown} = this.state;
        return this.props.screen.open("open_retention_changes", {direction: shown});
    }

    getStatus(code) {
        return (
            this.props.statuses.find((status) => status.code === code) ?? {
                name: _t("Never bought"),
            }
        );
    }

    getDay(date) {
        return formatDate(deserializeDate(date));
    }
}
