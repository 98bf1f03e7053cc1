import {onWillStart, useSubEnv} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {KanbanHeader} from "@web/views/kanban/kanban_header";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";

/** A column says how many accounts it holds, and offers "+" only where a new account may start. */
export class PortfolioKanbanHeader extends KanbanHeader {
    static template = "crm_cartera.PortfolioKanbanHeader";

    canQuickCreate() {
        const {group, list} = this.props;
        const closed =
            list.groupByField.name === "stage_id" && this.env.laterStages.has(group.value);
        return super.canQuickCreate() && !closed;
    }
}

export class PortfolioKanbanRenderer extends KanbanRenderer {
    static components = {...KanbanRenderer.components, KanbanHeader: PortfolioKanbanHeader};

    setup() {
        super.setup();
        const orm = useService("orm");
        const laterStages = new Set();
        useSubEnv({laterStages});
        onWillStart(async () => {
            const domain = [["lifecycle", "!=", "prospect"]];
            const stages = await orm.searchRead("cartera.stage", domain, ["id"]);
            stages.forEach((stage) => laterStages.add(stage.id));
        });
    }
}

/** A stage may warn of what an account lacks; a drop asks the server nothing before it is saved. */
export class PortfolioKanbanController extends KanbanController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
    }

    onRecordSaved(record, changes) {
        if ("stage_id" in changes) {
            this.warn(record.resId);
        }
        return super.onRecordSaved(record, changes);
    }

    async warn(id) {
        const warning = await this.orm.call("cartera.profile", "get_stage_warning", [[id]]);
        if (warning) {
            this.notification.add(warning.message, {title: warning.title, type: "warning"});
        }
    }
}

registry.category("views").add("cartera_kanban", {
    ...kanbanView,
    Controller: PortfolioKanbanController,
    Renderer: PortfolioKanbanRenderer,
});
