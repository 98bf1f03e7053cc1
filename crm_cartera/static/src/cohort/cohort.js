import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {formatCount, formatMoney, formatShare, formatShortMoney} from "../screen/format";
import {getHeat, getWords} from "../screen/heat";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";

/** Accounts by the month of their first purchase, and how many still buy how many months later. */
export class Cohort extends Component {
    static template = "crm_cartera.Cohort";
    static components = {Choice, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_cohorts", {period: "month", count: 12}, {measure: "share"});
        this.formatCount = formatCount;
    }

    get data() {
        return this.screen.data;
    }

    get measure() {
        return this.screen.view.measure;
    }

    get measures() {
        return [
            {value: "share", label: _t("Still buying (%)")},
            {value: "accounts", label: _t("Accounts")},
            {value: "revenue", label: _t("Revenue")},
        ];
    }

    get periods() {
        return [
            {value: "month", label: _t("Months")},
            {value: "quarter", label: _t("Quarters")},
        ];
    }

    get counts() {
        return [12, 24].map((value) => ({value, label: _t("Last %s", value)}));
    }

    get isEmpty() {
        return !!this.data && !this.data.cohorts.some((cohort) => cohort.accounts);
    }

    /** The cohorts from the first one on that has accounts: nothing is known of what was before. */
    get cohorts() {
        const {cohorts} = this.data;
        return cohorts.slice(cohorts.findIndex(({accounts}) => accounts));
    }

    get ages() {
        return this.cohorts.map((_cohort, age) => age);
    }

    get ageTitle() {
        return this.data.period === "month"
            ? _t("Months since the first purchase")
            : _t("Quarters since the first purchase");
    }

    /** The cohorts, each cell with what is shown of it, and below them all together. */
    get rows() {
        const rows = this.cohorts.map((cohort) => ({
            ...cohort,
            cells: cohort.cells.map((cell, age) => this.getCell(cohort, cell, age)),
        }));
        const highest = Math.max(...rows.flatMap(({cells}) => cells.map(({value}) => value)));
        for (const cell of rows.flatMap(({cells}) => cells)) {
            cell.style = getHeat(cell.value, this.measure === "share" ? 1 : highest);
        }
        return rows;
    }

    getCell(cohort, {accounts, revenue}, age) {
        const share = cohort.accounts ? accounts / cohort.accounts : 0;
        const value = {share, accounts, revenue}[this.measure];
        return {
            age,
            value,
            isOpen: age === cohort.cells.length - 1,
            text: this.format(value),
            words: this.describe(cohort, age, {share, accounts, revenue}),
        };
    }

    format(value) {
        const formats = {
            share: (share) => formatShare(share, 0),
            accounts: formatCount,
            revenue: (revenue) => formatShortMoney(revenue, this.data.currency_id),
        };
        return formats[this.measure](value);
    }

    /** Return a cell in words, for its tooltip and for those who hear the screen. */
    describe(cohort, age, {share, accounts, revenue}) {
        const lines = [
            _t("First purchase: %s", cohort.label),
            this.data.period === "month"
                ? _t("Months later: %s", age)
                : _t("Quarters later: %s", age),
            _t("Accounts that bought: %(count)s of %(all)s (%(share)s)", {
                count: formatCount(accounts),
                all: formatCount(cohort.accounts),
                share: formatShare(share, 0),
            }),
            _t("Revenue: %s", formatMoney(revenue, this.data.currency_id)),
        ];
        if (age === cohort.cells.length - 1) {
            lines.push(_t("This period is not over yet."));
        }
        return getWords(lines);
    }

    /** All cohorts together, at each age: those too young for it are left out. */
    get totals() {
        return this.ages.map((age) => {
            const old = this.cohorts.filter(({cells}) => cells.length > age);
            const add = (get) => old.reduce((sum, cohort) => sum + get(cohort), 0);
            const accounts = add(({cells}) => cells[age].accounts);
            const all = add((cohort) => cohort.accounts);
            const revenue = add(({cells}) => cells[age].revenue);
            return this.format({share: all ? accounts / all : 0, accounts, revenue}[this.measure]);
        });
    }

    get accountCount() {
        return formatCount(this.cohorts.reduce((sum, {accounts}) => sum + accounts, 0));
    }

    /** Open those who bought; behind a revenue there are also those who only gave back. */
    open(cohort, age = null) {
        const {period} = this.data;
        const measure = this.measure === "revenue" ? "revenue" : "accounts";
        this.screen.open("open_cohort", {start: cohort.date, age, period, measure});
    }
}

registry.category("actions").add("crm_cartera.cohort", Cohort);
