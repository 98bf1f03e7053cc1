import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {formatFigure} from "./dates";
import {blockProps} from "./lines";

const ICONS = {
    danger: "fa-exclamation-circle",
    warning: "fa-exclamation-triangle",
    info: "fa-info-circle",
};

/** What its reader should know first. */
export class Alerts extends Component {
    static template = "crm_cartera.SheetAlerts";
    static props = {...blockProps};

    get alerts() {
        return this.props.block.alerts.map((alert) => ({
            ...alert,
            icon: ICONS[alert.level],
            button: this.getButton(alert),
        }));
    }

    /** What can be done about it, in a word; nothing for what the user may not do. */
    getButton({figure, action}) {
        const {actions} = this.props.data;
        if (figure) {
            return _t("See");
        }
        const words = {
            action_answer_problem: _t("Answer it"),
            action_schedule: _t("Schedule"),
            open_account: _t("Fill in"),
        };
        // A problem is answered by logging a contact.
        const needed = action === "action_answer_problem" ? "action_capture" : action;
        return action === "open_account" || actions.includes(needed) ? (words[action] ?? "") : "";
    }

    answer({figure, action}) {
        const {sheet} = this.props;
        if (figure) {
            return sheet.openFigure(figure);
        }
        return action === "open_account" ? sheet.openAccount() : sheet.act(action);
    }
}

/** The figures of the account, each opens what is behind it. */
export class Figures extends Component {
    static template = "crm_cartera.SheetFigures";
    static props = {...blockProps};

    get figures() {
        return this.props.block.figures.map(({below, ...figure}) => ({
            ...figure,
            text: this.format(figure) || "–",
            below: below && this.format(below) ? {...below, text: this.format(below)} : null,
        }));
    }

    /** Whether a second figure is good (1) or bad (-1) news. */
    getTone({name, value}) {
        if (name === "trend") {
            return Math.sign(value);
        }
        return name === "overdue" && value > 0 ? -1 : 0;
    }

    format(figure) {
        return formatFigure(figure, this.props.data.currency_id);
    }
}

registry
    .category("crm_cartera.sheet_blocks")
    .add("alerts", {Component: Alerts, place: "top"})
    .add("figures", {Component: Figures, place: "top"});
