import {ActivityButton} from "@mail/core/web/activity_button";
import {
    KanbanActivity,
    kanbanActivity,
} from "@mail/views/web/fields/kanban_activity/kanban_activity";

import {registry} from "@web/core/registry";

/**
 * Schedules activities on the contact of an account: Odoo keeps them there, and its own button would
 * schedule them on the account.
 */
export class PartnerActivityButton extends ActivityButton {
    async onClick() {
        if (this.popover.isOpen) {
            return this.popover.close();
        }
        const record = this.props.record;
        const selection = this.env?.model?.root?.selection ?? [];
        const many = selection.length > 1 && selection.some((r) => r.resId === record.resId);
        const records = many ? selection : [record];
        this.popover.open(this.buttonRef.el, {
            activityIds: record.data.activity_ids.currentIds,
            resModel: "res.partner",
            resId: record.data.partner_id.id,
            resIds: many ? records.map((r) => r.data.partner_id.id) : undefined,
            onActivityChanged: () => {
                records.forEach((r) => r.load());
                this.popover.close();
            },
        });
    }
}

export class PartnerActivity extends KanbanActivity {
    static components = {ActivityButton: PartnerActivityButton};
    static fieldDependencies = [
        ...KanbanActivity.fieldDependencies,
        {name: "partner_id", type: "many2one", relation: "res.partner"},
    ];
}

registry.category("fields").add("cartera_activity", {
    ...kanbanActivity,
    component: PartnerActivity,
    fieldDependencies: PartnerActivity.fieldDependencies,
});
