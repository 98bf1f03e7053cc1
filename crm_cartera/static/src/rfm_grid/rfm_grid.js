import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {
    formatCount,
    formatMoney,
    formatNumber,
    formatShare,
    formatShortMoney,
} from "../screen/format";
import {getHeat, getWords} from "../screen/heat";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";

/** Accounts by recency and frequency, 5 x 5, coloured by how many there are or what they buy. */
export class RfmGrid extends Component {
    static template = "crm_cartera.RfmGrid";
    static components = {Choice, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_rfm_grid", {}, {measure: "accounts"});
        this.recencies = [5, 4, 3, 2, 1];
        this.frequencies = [1, 2, 3, 4, 5];
    }

    get data() {
        return this.screen.data;
    }

    get measures() {
        return [
            {value: "accounts", label: _t("Accounts")},
            {value: "revenue", label: _t("Revenue")},
        ];
    }

    /** What the corners of the grid mean. */
    get corners() {
        const corner = (recency, frequency, label, text) => ({
            key: `${recency}-${frequency}`,
            scores: `R ${recency} F ${frequency}`,
            label,
            text,
        });
        return [
            corner(5, 5, _t("Best"), _t("Bought lately and buy often: look after them.")),
            corner(5, 1, _t("Newcomers"), _t("Bought lately, but seldom: make them come back.")),
            corner(1, 5, _t("Slipping away"), _t("Used to buy often, not lately: call them.")),
            corner(1, 1, _t("Dormant"), _t("Few purchases, long ago: win them back or let go.")),
        ];
    }

    getCell(recency, frequency) {
        const found = this.data.cells.find(
            (cell) => cell.recency === recency && cell.frequency === frequency
        );
        const cell = found ?? {recency, frequency, accounts: 0, monetary: 0, revenue: 0};
        const key = `${recency}-${frequency}`;
        const {measure} = this.screen.view;
        const value = cell[measure];
        const highest = Math.max(...this.data.cells.map((other) => other[measure]));
        return {
            ...cell,
            key,
            corner: this.corners.find((corner) => corner.key === key)?.label,
            style: getHeat(value, highest),
            value: measure === "accounts" ? formatCount(value) : this.shorten(value),
            monetary: cell.accounts ? `M ${formatNumber(cell.monetary, 1)}` : "",
            words: this.describe(cell),
        };
    }

    shorten(amount) {
        return formatShortMoney(amount, this.data.currency_id);
    }

    /** Return the whole cell in words, for its tooltip and for those who hear the screen. */
    describe({recency, frequency, accounts, monetary, revenue}) {
        const all = this.data.cells.reduce((sum, cell) => sum + cell.accounts, 0);
        return getWords([
            _t("Recency %(recency)s, frequency %(frequency)s", {recency, frequency}),
            _t("Accounts: %(count)s (%(share)s)", {
                count: formatCount(accounts),
                share: formatShare(accounts / all),
            }),
            _t("Revenue: %s", formatMoney(revenue, this.data.currency_id)),
            _t("Average amount score: %s", formatNumber(monetary, 1)),
        ]);
    }

    open({recency, frequency, accounts}) {
        if (accounts) {
            this.screen.open("open_rfm_cell", {recency, frequency});
        }
    }
}

registry.category("actions").add("crm_cartera.rfm_grid", RfmGrid);
