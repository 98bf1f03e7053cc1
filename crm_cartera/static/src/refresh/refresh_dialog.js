import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";

import {formatCount, formatNumber, formatShare} from "../screen/format";
import {getMessage} from "../screen/screen_hook";

const SECOND = 1000;
/** In looks: within this time the background job should have started. */
const MINUTE = 70;

/** Asks for a full run in the background and shows how far it is, until it is done or failed. */
export class RefreshDialog extends Component {
    static template = "crm_cartera.RefreshDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        /** Called when a run is done. */
        onDone: Function,
    };

    setup() {
        this.orm = useService("orm");
        /** ``phase``: waiting, running, done or failed; ``looks``: how often it was waiting. */
        this.state = useState({phase: "waiting", looks: 0, progress: 0, result: null, error: ""});
        onWillStart(() => {
            this.start();
        });
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    /** Ask for a run; it is the first one that was not there before. */
    async start() {
        Object.assign(this.state, {phase: "waiting", looks: 0, progress: 0, error: ""});
        await this.attempt(async () => {
            this.before = (await this.read()).id;
            await this.orm.silent.call("cartera.profile", "action_refresh_all", []);
            await this.look();
        });
    }

    read() {
        return this.orm.silent.call("cartera.calibration", "get_progress", []);
    }

    /** Look how far the run is, and again a second later unless it has ended. */
    async look() {
        const run = await this.read();
        const isOurs = run.id !== this.before;
        if (isOurs && run.state === "failed") {
            return this.fail(run.error);
        }
        if (isOurs && run.state === "done") {
            Object.assign(this.state, {phase: "done", progress: 100, result: run});
            return this.props.onDone();
        }
        const phase = run.state === "running" ? "running" : "waiting";
        const looks = phase === "waiting" ? this.state.looks + 1 : 0;
        Object.assign(this.state, {phase, looks, progress: run.progress || 0});
        this.timer = browser.setTimeout(() => this.attempt(() => this.look()), SECOND);
    }

    async attempt(call) {
        try {
            await call();
        } catch (error) {
            this.fail(getMessage(error));
        }
    }

    get message() {
        return {
            waiting: _t("The background job has not started yet. It starts within a minute."),
            running: _t("All figures are being calculated."),
            done: _t("All figures are up to date."),
        }[this.state.phase];
    }

    get progress() {
        return formatShare(this.state.progress / 100, 0);
    }

    get isLate() {
        return this.state.looks > MINUTE;
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
}

/**
 * Open the dialog.
 *
 * @param {Object} dialog service
 * @param {Function} reload called when the dialog is closed, in whichever way, after a run that was done
 */
export function openRefreshDialog(dialog, reload) {
    let isDone = false;
    dialog.add(
        RefreshDialog,
        {onDone: () => (isDone = true)},
        {
            onClose() {
                if (isDone) {
                    reload();
                }
            },
        }
    );
}

/** The action behind the buttons: what lies under the dialog is read anew when the run is done. */
function refresh(env) {
    openRefreshDialog(env.services.dialog, () =>
        env.services.action.doAction({type: "ir.actions.client", tag: "soft_reload"})
    );
}

registry.category("actions").add("crm_cartera.refresh", refresh);
