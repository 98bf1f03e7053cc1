import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, useState} from "@odoo/owl";

import {ChartCanvas} from "../screen/chart";
import {Choice} from "../screen/choice";
import {CLASS_COLORS} from "../screen/colors";
import {FigureCard} from "../screen/figure_card";
import {formatCount, formatMoney, formatNumber, formatShare} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {getCurve} from "./curve";

/** Pareto curve: what share of the revenue the largest accounts make, and who they are. */
export class Concentration extends Component {
    static template = "crm_cartera.Concentration";
    static components = {ChartCanvas, Choice, FigureCard, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_concentration", {measure: "revenue"});
        /** Number of the point whose accounts are shown. */
        this.state = useState({point: 0});
        this.configure = (data, theme) =>
            getCurve(data, theme, {
                describe: (point) => this.describe(point),
                onPoint: (number) => (this.state.point = number),
                onClick: (number) => this.openPoint(number),
            });
        this.onDraw = (chart) => {
            this.chart = chart;
            this.state.point = 0;
        };
        Object.assign(this, {CLASS_COLORS, formatCount, formatMoney, formatShare});
    }

    get data() {
        return this.screen.data;
    }

    get measures() {
        const labels = {revenue: _t("Revenue"), margin: _t("Margin")};
        return (this.screen.known?.measures ?? []).map((value) => ({value, label: labels[value]}));
    }

    get cards() {
        const figures = this.data.figures;
        const share = (name, label, help) => ({
            name,
            label,
            help,
            value: formatShare(figures[name]),
        });
        return [
            share("top1_share", _t("Largest account"), _t("Its share of the total.")),
            share("top5_share", _t("Largest 5"), _t("Their share of the total.")),
            share("top10_share", _t("Largest 10"), _t("Their share of the total.")),
            share("top20pct_share", _t("Largest 20 %"), _t("What a fifth of the accounts makes.")),
            {
                name: "hhi",
                label: "HHI",
                value: formatNumber(figures.hhi, 0),
                help: _t(
                    "Herfindahl-Hirschman index: 0 (spread over many) to 10,000 (one account)."
                ),
            },
            {
                name: "gini",
                label: "Gini",
                value: formatNumber(figures.gini, 2),
                help: _t("0: all accounts are alike; towards 1: few make nearly everything."),
            },
        ];
    }

    get point() {
        return this.data.points[Math.min(this.state.point, this.data.points.length - 1)];
    }

    /** Return the words on a point: whose it is, and what all accounts up to it make. */
    describe(point) {
        const {accounts, names} = this.describeAccounts(point);
        return {title: accounts, names, summary: this.summarize(point)};
    }

    describeAccounts(point) {
        const of = formatCount(this.data.figures.account_count);
        const [first, last] = [formatCount(point.first), formatCount(point.last)];
        return {
            accounts:
                point.first === point.last
                    ? _t("Account %(first)s of %(count)s", {first, count: of})
                    : _t("Accounts %(first)s to %(last)s of %(count)s", {first, last, count: of}),
            names: point.names.map(
                ({name, amount}) => `${name}: ${this.money(amount)} (${this.share(amount)})`
            ),
        };
    }

    summarize(point) {
        return _t("Up to here: %(accounts)s of the accounts, %(revenue)s of the total", {
            accounts: formatShare(point.account_share),
            revenue: formatShare(point.revenue_share),
        });
    }

    money(amount) {
        return formatMoney(amount, this.data.currency_id);
    }

    share(amount) {
        return formatShare(amount / this.data.figures.revenue);
    }

    get more() {
        const hidden = this.point.last - this.point.first + 1 - this.point.names.length;
        return hidden ? _t("and %s more", formatCount(hidden)) : "";
    }

    describeClass(grade) {
        return _t("Open the accounts of class %s", grade);
    }

    openPoint(number = this.state.point) {
        const {first, last} = this.data.points[number];
        const {measure} = this.screen.shown;
        return this.screen.open("open_concentration", {first, last, measure});
    }

    openClass(grade) {
        const {measure} = this.screen.shown;
        return this.screen.open("open_concentration_class", {grade, measure});
    }

    /** The arrows go along the curve, Enter opens the accounts. */
    onKeydown(ev) {
        const last = this.data.points.length - 1;
        const targets = {
            ArrowLeft: Math.max(0, this.state.point - 1),
            ArrowRight: Math.min(last, this.state.point + 1),
            Home: 0,
            End: last,
        };
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.openPoint();
        } else if (ev.key in targets) {
            ev.preventDefault();
            this.showPoint(targets[ev.key]);
        }
    }

    showPoint(number) {
        this.state.point = number;
        // The first element of the curve is its origin.
        const active = [{datasetIndex: 0, index: number + 1}];
        this.chart.setActiveElements(active);
        this.chart.tooltip.setActiveElements(active, {x: 0, y: 0});
        this.chart.update();
    }
}

registry.category("actions").add("crm_cartera.concentration", Concentration);
