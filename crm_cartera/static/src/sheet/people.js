import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {formatDay} from "./dates";
import {blockProps} from "./lines";

/** Who spoke with the account, and how often. */
export class Attended extends Component {
    static template = "crm_cartera.SheetAttended";
    static props = {...blockProps};

    describe({last, kinds}) {
        const counts = kinds.map(({text, count}) => `${text}: ${count}`);
        return [_t("last on %s", formatDay(last)), ...counts].join(" · ");
    }
}

/** Its last problems and what was answered. */
export class Answered extends Component {
    static template = "crm_cartera.SheetAnswered";
    static props = {...blockProps};

    describe({date, kind, outcome, user}) {
        return [formatDay(date), kind, outcome, user && user.name].filter(Boolean).join(" · ");
    }
}

/** The people of the account, with the parts that they play. */
export class Contacts extends Component {
    static template = "crm_cartera.SheetContacts";
    static props = {...blockProps};
}

/** What the account prefers; it is edited on its contact. */
export class Preferences extends Component {
    static template = "crm_cartera.SheetPreferences";
    static props = {...blockProps};
}

registry
    .category("crm_cartera.sheet_blocks")
    .add("attended", {Component: Attended, place: "side"})
    .add("answered", {Component: Answered, place: "main"})
    .add("contacts", {Component: Contacts, place: "side"})
    .add("preferences", {Component: Preferences, place: "side"});
