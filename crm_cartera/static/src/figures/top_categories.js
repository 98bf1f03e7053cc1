import {Component} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {ErrorBox} from "../screen/error_box";
import {formatMoney, formatShare} from "../screen/format";
import {DEPENDENCIES, useAccountData} from "./account_data";

/** What the account buys by product category, in the window of its figures. */
export class TopCategories extends Component {
    static template = "crm_cartera.TopCategories";
    static components = {ErrorBox};
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.data = useAccountData(this.props, "get_top_categories");
        this.openTitle = _t("See its documents");
    }

    get othersName() {
        return _t("Others (%s)", this.data.value.others.count);
    }

    formatMoney(amount) {
        return formatMoney(amount, this.data.value.currency_id);
    }

    formatQuantity(quantity) {
        return formatFloat(quantity, {digits: [16, 2], trailingZeros: false});
    }

    formatShare(share) {
        return formatShare(share, 0);
    }

    async open(row) {
        const {resId, resModel} = this.props.record;
        const args = [[resId], row.id || false];
        this.action.doAction(await this.orm.call(resModel, "action_open_category", args));
    }
}

registry.category("view_widgets").add("cartera_top_categories", {
    component: TopCategories,
    fieldDependencies: DEPENDENCIES,
});
