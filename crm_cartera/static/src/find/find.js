import {session} from "@web/session";
import {browser} from "@web/core/browser/browser";
import {useCommand} from "@web/core/commands/command_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Component} from "@odoo/owl";

/** What a search in the command palette begins with to be one for accounts. */
export const NAMESPACE = "#";
const LIMIT = 8;
/** A telephone number is typed digit by digit. */
const DELAY = 250;

/** An account among the answers: its name, and below it what was found of it. */
export class FoundAccount extends Component {
    static template = "crm_cartera.FoundAccount";
    static props = {
        slots: {type: Object, optional: true},
        name: {type: String, optional: true},
        searchValue: {type: String, optional: true},
        executeCommand: {type: Function, optional: true},
        account: Object,
    };

    /** What was found of it; of its own name, which stands above, where it is. */
    get found() {
        const {city, code, contact, match, value} = this.props.account;
        if (code === "name") {
            return city || "";
        }
        const whose = contact && contact !== value ? contact : false;
        return [`${match}: ${value}`, whose, city].filter(Boolean).join(" · ");
    }
}

/** Open the sheet of an account. */
export async function openAccount(env, {id}) {
    const {action, orm} = env.services;
    return action.doAction(await orm.call("cartera.profile", "action_open_sheet", [[id]]));
}

/** Return the commands that open the accounts found by a text. */
export async function provideAccounts(env, {searchValue = ""} = {}) {
    if (searchValue.trim().length < 2) {
        return [];
    }
    const found = await env.services.orm.silent.call("cartera.profile", "quick_search", [
        searchValue,
        LIMIT,
    ]);
    return found.map((account) => ({
        Component: FoundAccount,
        action: () => openAccount(env, account),
        href: `/odoo/cartera-account/${account.id}`,
        name: account.name,
        props: {account},
    }));
}

/** "Find account" beside the user's name, and among the commands. */
export class FindAccount extends Component {
    static template = "crm_cartera.FindAccount";
    static props = {};

    setup() {
        this.command = useService("command");
        useCommand(_t("Find account"), () => this.later(), {
            category: "smart_action",
            hotkey: "alt+shift+f",
            // In lists the search has the focus; the telephone rings all the same.
            hotkeyOptions: {bypassEditableProtection: true, global: true},
            global: true,
        });
    }

    open() {
        this.command.openMainPalette({searchValue: NAMESPACE});
    }

    /** A command closes the palette in which it was chosen. */
    later() {
        browser.setTimeout(() => this.open());
    }
}

/** Offer the search; only to those who may use it. */
export function offerFind() {
    registry.category("command_setup").add(NAMESPACE, {
        debounceDelay: DELAY,
        emptyMessage: _t(
            "No account found. Search by name, phone, tax ID, e-mail, invoice or order number."
        ),
        name: _t("accounts"),
        placeholder: _t("Name, phone, tax ID, e-mail, invoice or order number"),
    });
    registry.category("command_provider").add("cartera_find", {
        namespace: NAMESPACE,
        provide: provideAccounts,
    });
    registry
        .category("systray")
        .add("crm_cartera.FindAccount", {Component: FindAccount}, {sequence: 30});
}

if (session.cartera_find) {
    offerFind();
}
