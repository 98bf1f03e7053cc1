import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, markRaw, onWillStart, useEffect, useState} from "@odoo/owl";

import {NAMESPACE} from "../find/find";
import {getAddressed, useAddress} from "../screen/address";
import {ErrorBox} from "../screen/error_box";
import {getMessage} from "../screen/screen_hook";
import {Lines} from "./lines";

/** {code of a block: {Component, place}}; place: top, main (the wide column) or side. */
export const blocks = registry.category("crm_cartera.sheet_blocks");

/** One page with all that is known of an account, made of blocks. */
export class AccountSheet extends Component {
    static template = "crm_cartera.AccountSheet";
    static components = {ErrorBox, Layout};
    static props = {...standardActionServiceProps};
    // Odoo finds the page by them in an address, and knows that no list of sheets stands before it.
    static displayName = _t("Customer sheet");
    static path = "cartera-account";

    setup() {
        this.action = useService("action");
        this.command = useService("command");
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.state = useState({data: null, loading: true, error: ""});
        const {resId} = this.props.action.params ?? {};
        this.asked =
            getAddressed(this.props, "profile_id") || (Number.isInteger(resId) ? resId : null);
        // Of a sheet that could not be read too: trying again, or logging in as somebody else, may help.
        useAddress(() => this.data?.id ?? (this.asked || undefined));
        useEffect(
            (name) => {
                if (name) {
                    this.env.config.setDisplayName(name);
                }
            },
            () => [this.data?.name]
        );
        // Not waited for: the page says meanwhile that it is loading.
        onWillStart(() => {
            this.load();
        });
    }

    get data() {
        return this.state.data;
    }

    /** The buttons that the user may press: the first is the main one. */
    get buttons() {
        const known = [
            {name: "action_capture", label: _t("Log"), icon: "fa-pencil-square-o"},
            {name: "action_schedule", label: _t("Schedule"), icon: "fa-clock-o"},
            {name: "action_new_opportunity", label: _t("New opportunity"), icon: "fa-star-o"},
            {name: "action_open_partner", label: _t("Contact"), icon: "fa-address-book-o"},
        ];
        return known.filter(({name}) => this.data.actions.includes(name));
    }

    /** Return the blocks of a place of the page, each with the component that shows it. */
    getBlocks(place) {
        return this.data.blocks
            .map((block) => ({block, ...blocks.get(block.code, {Component: Lines, place: "side"})}))
            .filter((each) => each.place === place);
    }

    async load() {
        Object.assign(this.state, {loading: true, error: ""});
        try {
            const reading = this.orm.call("cartera.screen.sheet", "get_sheet", [this.asked]);
            this.state.data = markRaw(await this.keepLast.add(reading));
        } catch (error) {
            Object.assign(this.state, {data: null, error: getMessage(error)});
        }
        this.state.loading = false;
    }

    /** Press a button of a record: Odoo completes the action that its method returns. */
    press(resModel, resId, name, params = {}) {
        const {context} = user;
        return this.action.doActionButton({
            type: "object",
            resModel,
            resId,
            name,
            context,
            ...params,
        });
    }

    /** Do what a method of the account returns; a dialog may have changed what is shown. */
    act(name) {
        return this.press("cartera.profile", this.data.id, name, {onClose: () => this.load()});
    }

    /** Show what is behind a list of the sheet. */
    async open(what, params = {}) {
        const args = [this.data.id, what];
        return this.action.doAction(
            await this.orm.call("cartera.screen.sheet", "open_sheet", args, params)
        );
    }

    openFigure(name) {
        const args = JSON.stringify([name]);
        return this.press("cartera.profile", this.data.id, "action_open_figure", {args});
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    find() {
        this.command.openMainPalette({searchValue: NAMESPACE});
    }

    /** Open the document behind a line of ours, as far as the user may see it. */
    openBehind(model, id) {
        return this.press(model, id, "action_open");
    }

    openAccount() {
        return this.openRecord("cartera.profile", this.data.id);
    }
}

registry.category("actions").add("crm_cartera.account_sheet", AccountSheet);
