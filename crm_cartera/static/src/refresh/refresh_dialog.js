import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";

import {formatCount, formatNumber} from "../screen/format";
import {getMessage} from "../screen/screen_hook";

const SECOND = 1000;

/** Asks for a full run in the background and shows how far it is, until it is done or failed. */
export class RefreshDialog extends Component {
    static template = "crm_cartera.RefreshDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        /** Called when the dialog closes after a run that was done. */
        onDone: Function,
    };

    setup() {
        this.orm = useService("orm");
        /** ``phase``: waiting, running, done or failed. */
        this.state = useState({phase: "waiting", progress: 0, result: null, error: ""});
        onWillStart(() => {
            this.start();
        });
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    async start() {
        Object.assign(this.state, {phase: "waiting", progress: 0, error: ""});
        try {
            await this.orm.silent.call("cartera.profile", "action_refresh_all", []);
            await this.look();
        } catch (error) {
            this.fail(getMessage(error));
        }
    }

    /** Look how far the run is, and again a second later unless it has ended. */
    async look() {
        const run = await this.orm.silent.call("cartera.calibration", "get_progress", []);
        if (run.waiting) {
            this.state.phase = "waiting";
        } else if (run.state === "failed") {
            return this.fail(run.error);
        } else if (run.state === "done") {
            Object.assign(this.state, {phase: "done", progress: 100, result: run});
            return;
        } else {
            Object.assign(this.state, {phase: "running", progress: run.progress || 0});
        }
        this.timer = browser.setTimeout(() => this.lookAgain(), SECOND);
    }

    async lookAgain() {
        try {
            await this.look();
        } catch (error) {
            this.fail(getMessage(error));
        }
    }

    fail(error) {
        Object.assign(this.state, {phase: "failed", error: error || _t("The refresh failed.")});
    }

    get figures() {
        const {accounts, changed, seconds} = this.state.result;
        return [
            {name: "accounts", label: _t("Accounts"), value: formatCount(accounts)},
            {name: "changed", label: _t("Changed"), value: formatCount(changed)},
            {
                name: "seconds",
                label: _t("Duration"),
                value: _t("%s s", formatNumber(seconds, seconds < 10 ? 1 : 0)),
            },
        ];
    }

    close() {
        this.props.close();
        if (this.state.phase === "done") {
            this.props.onDone();
        }
    }
}

/** The action behind the buttons: what lies under the dialog is read anew when the run is done. */
function refresh(env) {
    env.services.dialog.add(RefreshDialog, {
        onDone: () => env.services.action.doAction({type: "ir.actions.client", tag: "soft_reload"}),
    });
}

registry.category("actions").add("crm_cartera.refresh", refresh);
