import {Component, useEffect, xml} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PAUSE = 3000;

/** Shows nothing itself: it reads the form anew while the job that it shows is at work. */
export class BackfillFollower extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        this.isReading = false;
        useEffect(
            (isRunning) => {
                if (isRunning) {
                    const timer = browser.setInterval(() => this.look(), PAUSE);
                    return () => browser.clearInterval(timer);
                }
            },
            () => [this.isRunning]
        );
    }

    get isRunning() {
        const {backfill_state, scorecard_fill_left} = this.props.record.data;
        return backfill_state === "running" || scorecard_fill_left > 0;
    }

    /** Read, unless nobody sees it, or it would take back what somebody is entering. */
    async look() {
        const {record} = this.props;
        if (this.isReading || record.dirty || document.visibilityState !== "visible") {
            return;
        }
        this.isReading = true;
        try {
            await record.load();
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            // The next look may find it again.
        } finally {
            this.isReading = false;
        }
    }
}

registry.category("view_widgets").add("cartera_backfill_follower", {
    component: BackfillFollower,
    fieldDependencies: [
        {name: "backfill_state", type: "selection"},
        {name: "scorecard_fill_left", type: "integer"},
    ],
});
