import {ActivityListPopover} from "@mail/core/web/activity_list_popover";
import {ActivityCell} from "@mail/views/web/activity/activity_cell";
import {ActivityController} from "@mail/views/web/activity/activity_controller";
import {ActivityRenderer} from "@mail/views/web/activity/activity_renderer";
import {activityView} from "@mail/views/web/activity/activity_view";
import {usePopover} from "@web/core/popover/popover_hook";
import {registry} from "@web/core/registry";

import {getPlannedOn, useWork} from "./work_actions";

/** Another activity is planned on what the due one is on: a row of the list is no document. */
export class WorkActivityPopover extends ActivityListPopover {
    async onClickAddActivityButton() {
        const [activity] = this.activities;
        this.props.close();
        if (activity) {
            const {res_model: model, res_id: resId} = activity;
            await this.store.scheduleActivity(model, [resId], this.props.defaultActivityTypeId);
            this.props.onActivityChanged();
        }
    }
}

export class WorkActivityCell extends ActivityCell {
    setup() {
        super.setup();
        this.popover = usePopover(WorkActivityPopover, {position: "bottom-start"});
    }
}

export class WorkActivityRenderer extends ActivityRenderer {
    static components = {...ActivityRenderer.components, ActivityCell: WorkActivityCell};
}

/** Due activities by their types; everything else is done as in the list. */
export class WorkActivityController extends ActivityController {
    setup() {
        super.setup();
        this.work = useWork(() => this.reload());
    }

    reload() {
        return this.model.load(this.getSearchProps());
    }

    openRecord(record) {
        return this.work("open", record);
    }

    async openActivityFormView(resId, activityTypeId) {
        const record = this.model.root.records.find((row) => row.resId === resId);
        const [model, id] = getPlannedOn(record);
        if (!model) {
            return this.work("open", record);
        }
        await this.store.scheduleActivity(model, [id], activityTypeId);
        await this.reload();
    }

    /** Something that is not due yet is planned on a contact, whichever it is. */
    get getSelectCreateDialogProps() {
        return {
            ...super.getSelectCreateDialogProps,
            resModel: "res.partner",
            searchViewId: false,
            domain: [],
            context: {},
            onSelected: (resIds) => this.store.scheduleActivity("res.partner", resIds),
        };
    }
}

registry.category("views").add("cartera_work_activity", {
    ...activityView,
    Controller: WorkActivityController,
    Renderer: WorkActivityRenderer,
});
