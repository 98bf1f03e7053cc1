import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {STATIC_ACTIONS_GROUP_NUMBER} from "@web/search/action_menus/action_menus";

import {Component} from "@odoo/owl";

/** "Refresh now" among the actions of the portfolio, in every view of it. */
export class RefreshMenu extends Component {
    static template = "crm_cartera.RefreshMenu";
    static components = {DropdownItem};
    static props = {};

    setup() {
        this.action = useService("action");
    }

    refresh() {
        return this.action.doAction("crm_cartera.cartera_refresh_action");
    }
}

registry.category("cogMenu").add("cartera-refresh-menu", {
    Component: RefreshMenu,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: ({config, searchModel}) =>
        config.viewType !== "form" &&
        searchModel?.resModel === "cartera.profile" &&
        user.hasGroup("sales_team.group_sale_manager"),
});
