import {useSubEnv} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";

import {useWork} from "./work_actions";

/** The same on a phone: a card opens what it is about, its buttons do the rest. */
export class WorkKanbanController extends KanbanController {
    setup() {
        this.work = useWork((record) => record.model.load());
        useSubEnv({work: this.work});
        super.setup();
    }

    openRecord(record) {
        return this.work("open", record);
    }
}

registry.category("views").add("cartera_work_kanban", {
    ...kanbanView,
    Controller: WorkKanbanController,
});
