import {onWillStart, useSubEnv} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
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

registry.category("views").add("cartera_kanban", {
    ...kanbanView,
    Renderer: PortfolioKanbanRenderer,
});
