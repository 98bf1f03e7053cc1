import {registry} from "@web/core/registry";

import {BackfillFollower} from "../backfill/backfill_follower";

/** Shows nothing itself: it reads the form anew while records are being moved or given back. */
export class HandoverFollower extends BackfillFollower {
    get isRunning() {
        return ["running", "undoing"].includes(this.props.record.data.state);
    }
}

registry.category("view_widgets").add("cartera_handover_follower", {
    component: HandoverFollower,
    fieldDependencies: [{name: "state", type: "selection"}],
});
