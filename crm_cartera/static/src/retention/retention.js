import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {ChartCanvas} from "../screen/chart";
import {Choice} from "../screen/choice";
import {STATUS_COLORS} from "../screen/colors";
import {FigureCard} from "../screen/figure_card";
import {formatCount, formatShare} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {getBars} from "./bars";
import {RetentionChanges} from "./changes";

/** Accounts by retention status, at each month end and today, and who changed of late. */
export class Retention extends Component {
    static template = "crm_cartera.Retention";
    static components = {ChartCanvas, Choice, FigureCard, RetentionChanges, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_retention", {months: 12}, {shape: "chart", direction: null});
        this.months = [12, 24, 36].map((value) => ({
            value,
            label: _t("%s months", value),
        }));
        this.configure = (data, theme) =>
            getBars(this.columns, this.statuses, theme, (column, status) =>
                this.open(status, column)
            );
        this.formatCount = formatCount;
    }

    get data() {
        return this.screen.data;
    }

    get shapes() {
        return [
            {value: "chart", label: _t("Chart")},
            {value: "table", label: _t("Table")},
        ];
    }

    get isEmpty() {
        return !!this.data && !this.columns.some((column) => column.total);
    }

    get hasHistory() {
        return this.columns.slice(0, -1).some((column) => column.total);
    }

    /** Statuses in the order in which they are shown. */
    get statuses() {
        const names = Object.fromEntries(this.data.statuses.map(({code, name}) => [code, name]));
        const order = Object.keys(STATUS_COLORS);
        return order.map((code) => ({code, name: names[code], color: STATUS_COLORS[code]}));
    }

    /**
     * Month ends, from the first one on that was recorded, and today: {date (false: today), label,
     * counts: {status: accounts}, total}.
     */
    get columns() {
        const {dates, history, today} = this.data;
        const past = dates.map(({date, label}, number) => ({
            date,
            label,
            counts: Object.fromEntries(
                Object.entries(history).map(([code, counts]) => [code, counts[number]])
            ),
        }));
        const columns = [...past, {date: false, label: _t("Today"), counts: today}].map(
            (column) => ({
                ...column,
                total: Object.values(column.counts).reduce((sum, count) => sum + count, 0),
            })
        );
        const first = columns.findIndex((column) => column.total || !column.date);
        return columns.slice(first);
    }

    get cards() {
        const today = this.columns.at(-1);
        return this.statuses.map(({code, name, color}) => ({
            name: code,
            label: name,
            color,
            value: formatCount(today.counts[code] ?? 0),
            help: _t("Today: %s of the accounts that ever bought", this.share(today, code)),
            onClick: today.counts[code] ? () => this.open(code, today) : undefined,
        }));
    }

    share({counts, total}, code) {
        return formatShare(total ? (counts[code] ?? 0) / total : 0);
    }

    open(status, column) {
        if (column.counts[status]) {
            this.screen.open("open_retention", {status, date: column.date});
        }
    }
}

registry.category("actions").add("crm_cartera.retention", Retention);
