import {registry} from "@web/core/registry";

import {BackfillFollower} from "../backfill/backfill_follower";

/** Shows nothing itself: it reads the form anew while the activities are being scheduled. */
export class TreatmentFollower extends BackfillFollower {
    get isRunning() {
        return this.props.record.data.state === "running";
    }
}

registry.category("view_widgets").add("cartera_treatment_follower", {
    component: TreatmentFollower,
    fieldDependencies: [{name: "state", type: "selection"}],
});
