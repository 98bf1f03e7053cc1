import {Component, useState} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {ChartCanvas} from "../screen/chart";
import {Choice} from "../screen/choice";
import {ErrorBox} from "../screen/error_box";
import {formatMoney} from "../screen/format";
import {DEPENDENCIES, useAccountData} from "./account_data";
import {SERIES, getMonthBars} from "./month_bars";

/** Revenue by month, each beside the same month of the year before: as bars, or as a table. */
export class RevenueChart extends Component {
    static template = "crm_cartera.RevenueChart";
    static components = {ChartCanvas, Choice, ErrorBox};
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.data = useAccountData(this.props, "get_revenue_by_month");
        this.state = useState({shape: "chart"});
        this.shapes = [
            {value: "chart", label: _t("Chart")},
            {value: "table", label: _t("Table")},
        ];
        this.configure = (data, theme) =>
            getMonthBars(data, theme, {
                format: (amount) => this.format(amount),
                onClick: (month) => this.open(month),
            });
    }

    get hasRevenue() {
        return this.data.value.months.some((month) => month.revenue || month.previous);
    }

    /** The months as rows of the table, with the two amounts of each. */
    get rows() {
        return this.data.value.months.map((row) => ({
            key: row.month,
            label: row.label,
            cells: SERIES.map(({amount, month, title}) => ({
                month: row[month],
                title: row[title],
                amount: row[amount],
            })),
        }));
    }

    format(amount) {
        return formatMoney(amount, this.data.value.currency_id);
    }

    async open(month) {
        const {resId, resModel} = this.props.record;
        const args = [[resId], month];
        this.action.doAction(await this.orm.call(resModel, "action_open_month", args));
    }
}

registry.category("view_widgets").add("cartera_revenue_chart", {
    component: RevenueChart,
    fieldDependencies: DEPENDENCIES,
});
