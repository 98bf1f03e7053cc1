import {ActivityButton} from "@mail/core/web/activity_button";
import {
    KanbanActivity,
    kanbanActivity,
} from "@mail/views/web/fields/kanban_activity/kanban_activity";
import {ListActivity, listActivity} from "@mail/views/web/fields/list_activity/list_activity";

import {registry} from "@web/core/registry";

const PARTNER = {name: "partner_id", type: "many2one", relation: "res.partner"};

/**
 * Schedules activities on the contact of an account: Odoo keeps them there, and its own button would
 * schedule them on the account.
 *
 * @template {new (...args: any[]) => ActivityButton} T
 * @param {T} Button
 */
const onPartner = (Button) =>
    class extends Button {
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
    };

export class PartnerKanbanActivity extends KanbanActivity {
    static components = {ActivityButton: onPartner(ActivityButton)};
    static fieldDependencies = [...KanbanActivity.fieldDependencies, PARTNER];
}

export class PartnerListActivity extends ListActivity {
    static components = {ActivityButton: onPartner(ListActivity.components.ActivityButton)};
    static fieldDependencies = [...ListActivity.fieldDependencies, PARTNER];
}

registry.category("fields").add("cartera_activity", {
    ...kanbanActivity,
    component: PartnerKanbanActivity,
    fieldDependencies: PartnerKanbanActivity.fieldDependencies,
});
registry.category("fields").add("cartera_list_activity", {
    ...listActivity,
    component: PartnerListActivity,
    fieldDependencies: PartnerListActivity.fieldDependencies,
});
