import {useSetupAction} from "@web/search/action_hook";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

import {markRaw, onWillStart, useComponent, useState} from "@odoo/owl";

/**
 * What an analysis screen is made of: its choices (what is read) and its view (how it is shown), which
 * survive opening accounts and coming back; its figures, and whether those are on their way or failed.
 */
class Screen {
    constructor(parts) {
        Object.assign(this, parts);
        this.keepLast = new KeepLast();
        this.data = null;
        /** The choices that brought the data: what lies behind these is asked for with them. */
        this.shown = {};
        /** The last data there were, to choose from while there are none. */
        this.known = null;
        this.loading = true;
        this.error = "";
    }

    /** Read the figures for the present choices; what an earlier, slower reading brings is dropped. */
    async load() {
        const choices = {...this.choices};
        Object.assign(this, {loading: true, error: ""});
        try {
            const reading = this.orm.call("cartera.screen", this.method, [], choices);
            const data = markRaw(await this.keepLast.add(reading));
            Object.assign(this, {data, known: data, shown: choices});
        } catch (error) {
            // Figures of other choices than those on the screen would mislead.
            Object.assign(this, {data: null, error: getMessage(error)});
        }
        this.loading = false;
    }

    /** Call a method of the server about the accounts that are shown. */
    call(method, params) {
        const {user_id} = this.shown;
        return this.orm.call("cartera.screen", method, [], {user_id, ...params});
    }

    choose(name, value) {
        this.choices[name] = value;
        return this.load();
    }

    /** Do the action that a method of the server returns: list the accounts behind a figure. */
    async open(method, params) {
        return this.action.doAction(await this.call(method, params));
    }

    openAccount(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "cartera.profile",
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

/** Return the words of an error that is the server's or the network's; any other is thrown again. */
export function getMessage(error) {
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    if (error instanceof ConnectionLostError) {
        return error.message;
    }
    throw error;
}

/**
 * @param {string} method of the model cartera.screen that returns the figures
 * @param {Object} choices its arguments, as the screen opens
 * @param {Object} view how the figures are shown, as the screen opens
 * @returns {Screen} reactive
 */
export function useScreen(method, choices, view = {}) {
    const {state} = useComponent().props;
    const screen = useState(
        new Screen({
            orm: useService("orm"),
            action: useService("action"),
            method,
            choices: {user_id: null, ...choices, ...state?.choices},
            view: {...view, ...state?.view},
        })
    );
    useSetupAction({
        getLocalState: () => ({choices: {...screen.choices}, view: {...screen.view}}),
    });
    // Not waited for: the screen says meanwhile that it is loading.
    onWillStart(() => {
        screen.load();
    });
    return screen;
}
