import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";

import {loadBundle} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {humanNumber} from "@web/core/utils/numbers";
import {useService} from "@web/core/utils/hooks";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {DEPENDENCIES, useAccountData} from "./account_data";

/** The colours of the two years: the present one stands out. */
const COLORS = ["#71639e", "#cbc7d8"];
/** What each year's bars show, and the month a click on them opens. */
const SERIES = [
    {amount: "revenue", month: "month", title: "title"},
    {amount: "previous", month: "previous_month", title: "previous_title"},
];

/** Revenue by month, each bar beside the same month of the year before. */
export class RevenueChart extends Component {
    static template = "crm_cartera.RevenueChart";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.canvas = useRef("canvas");
        this.data = useAccountData(this.props, "get_revenue_by_month");
        this.label = _t("Revenue by month");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (data) => {
                if (!this.canvas.el) {
                    return;
                }
                const chart = new Chart(this.canvas.el, this.getConfig(data));
                return () => chart.destroy();
            },
            () => [this.data.value]
        );
    }

    get months() {
        return this.data.value ? this.data.value.months : [];
    }

    get hasRevenue() {
        return this.months.some((month) => month.revenue || month.previous);
    }

    /** One month, in words, for those who do not see the bars. */
    getDescription(month) {
        const parts = SERIES.map(
            ({amount, title}) => `${month[title]}: ${this.format(month[amount])}`
        );
        return parts.join(", ");
    }

    format(amount) {
        return formatMonetary(amount, {currencyId: this.data.value.currency_id});
    }

    /** @returns {Object} configuration of Chart.js */
    getConfig({months, series}) {
        const datasets = SERIES.map(({amount}, index) => ({
            label: series[index],
            data: months.map((month) => month[amount]),
            backgroundColor: COLORS[index],
            borderRadius: 2,
        }));
        return {
            type: "bar",
            data: {labels: months.map((month) => month.label), datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                // The nearest bar: a low one is hard to hit.
                interaction: {mode: "nearest", axis: "x", intersect: false},
                onClick: (event, elements) => this.onClick(elements[0]),
                onHover: (event, elements) => {
                    const {style} = event.native.target;
                    style.cursor = this.getMonth(elements[0]) ? "pointer" : "";
                },
                scales: {
                    x: {grid: {display: false}},
                    y: {ticks: {callback: (amount) => humanNumber(amount), maxTicksLimit: 6}},
                },
                plugins: {
                    legend: {position: "top", align: "end", labels: {boxWidth: 12}},
                    tooltip: {
                        callbacks: {
                            title: ([item]) => this.getTitle(item),
                            label: ({raw}) => this.format(raw),
                        },
                    },
                },
            },
        };
    }

    getTitle({dataIndex, datasetIndex}) {
        return this.months[dataIndex][SERIES[datasetIndex].title];
    }

    /** @returns {String} first day of the month of a bar; nothing where there is no bar to see */
    getMonth(element) {
        if (!element) {
            return "";
        }
        const {amount, month} = SERIES[element.datasetIndex];
        const found = this.months[element.index];
        return found[amount] ? found[month] : "";
    }

    async onClick(element) {
        const month = this.getMonth(element);
        if (month) {
            const {resId, resModel} = this.props.record;
            const args = [[resId], month];
            this.action.doAction(await this.orm.call(resModel, "action_open_month", args));
        }
    }
}

registry.category("view_widgets").add("cartera_revenue_chart", {
    component: RevenueChart,
    fieldDependencies: DEPENDENCIES,
});
