import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component, useState} from "@odoo/owl";

import {Choice} from "../screen/choice";
import {formatMoney, formatShare} from "../screen/format";
import {formatDay} from "./dates";
import {blockProps} from "./lines";

/** What it buys and what it does not buy any more, by category or by product. */
export class Bought extends Component {
    static template = "crm_cartera.SheetBought";
    static components = {Choice};
    static props = {...blockProps};

    setup() {
        this.state = useState({level: "products"});
        this.levels = [
            {value: "products", label: _t("Products")},
            {value: "categories", label: _t("Categories")},
        ];
    }

    /** The two lists: [{name, title, none, amount, rows, more}]. */
    get lists() {
        const {bought, stopped} = this.props.block;
        const {level} = this.state;
        return [
            {
                name: "bought",
                title: _t("It buys"),
                none: _t("It bought nothing in the period."),
                amount: "revenue",
                ...bought[level],
            },
            {
                name: "stopped",
                title: _t("It does not buy any more"),
                none: _t("Nothing that it bought in the period before."),
                amount: "before",
                ...stopped[level],
            },
        ].map((list) => ({
            ...list,
            rows: list.rows.map((row) => ({...row, change: this.getChange(row, list.name)})),
            more: list.count - list.rows.length,
        }));
    }

    /** Revenue against that of the period before, of what is still bought. */
    getChange({revenue, before}, name) {
        return name === "bought" && before > 0 ? revenue / before - 1 : null;
    }

    formatChange(change) {
        return change > 0 ? `+${formatShare(change, 0)}` : formatShare(change, 0);
    }

    formatMoney(amount) {
        return formatMoney(amount, this.props.data.currency_id);
    }

    describeMore(more) {
        return _t("and %s more", more);
    }

    open({id}, name) {
        const params = {record_id: id, stopped: name === "stopped"};
        return this.props.sheet.open(this.state.level, params);
    }
}

/** Its open items. */
export class Owed extends Component {
    static template = "crm_cartera.SheetOwed";
    static props = {...blockProps};

    formatDay(day) {
        return formatDay(day);
    }

    formatMoney(amount) {
        return formatMoney(amount, this.props.data.currency_id);
    }
}

/** Its open leads and opportunities. */
export class Opportunities extends Component {
    static template = "crm_cartera.SheetOpportunities";
    static props = {...blockProps};

    describe({stage, probability, deadline, user}) {
        return [
            stage,
            formatShare(probability, 0),
            deadline && _t("closes %s", formatDay(deadline)),
            user && user.name,
        ]
            .filter(Boolean)
            .join(" · ");
    }

    formatMoney(amount) {
        return formatMoney(amount, this.props.data.currency_id);
    }
}

registry
    .category("crm_cartera.sheet_blocks")
    .add("bought", {Component: Bought, place: "main"})
    .add("owed", {Component: Owed, place: "side"})
    .add("opportunities", {Component: Opportunities, place: "side"});
