import {humanNumber} from "@web/core/utils/numbers";

import {fade} from "../screen/chart";

/** The two bars of a month: what each shows, what it is called, and the month that it opens. */
export const SERIES = [
    {amount: "revenue", month: "month", title: "title"},
    {amount: "previous", month: "previous_month", title: "previous_title"},
];

/**
 * @param {Object} data of cartera.profile.get_revenue_by_month
 * @param {Object} theme colours of the page
 * @param {Object} calls format(amount), onClick(first day of a month)
 * @returns {Object} the configuration of Chart.js: one bar a month, beside that of the year before
 */
export function getMonthBars({months, series}, theme, {format, onClick}) {
    const getOpened = ([element]) => element && getMonth(months, element);
    return {
        type: "bar",
        data: {
            labels: months.map((month) => month.label),
            datasets: SERIES.map(({amount}, index) => ({
                label: series[index],
                data: months.map((month) => month[amount]),
                // The present year stands out.
                backgroundColor: fade(theme.get("--primary"), index ? 0.35 : 1),
                borderRadius: 2,
            })),
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            // The nearest bar: a low one is hard to hit.
            interaction: {mode: "nearest", axis: "x", intersect: false},
            scales: getScales(theme),
            onHover: (ev, elements) => {
                ev.native.target.style.cursor = getOpened(elements) ? "pointer" : "";
            },
            onClick: (_ev, elements) => {
                const month = getOpened(elements);
                if (month) {
                    onClick(month);
                }
            },
            plugins: getPlugins(months, theme, format),
        },
    };
}

/** @returns {String} first day of the month of a bar; nothing where there is no bar to see */
function getMonth(months, {datasetIndex, index}) {
    const {amount, month} = SERIES[datasetIndex];
    return months[index][amount] ? months[index][month] : "";
}

function getScales({text, grid}) {
    return {
        x: {ticks: {color: text}, grid: {display: false}},
        y: {
            ticks: {color: text, callback: (amount) => humanNumber(amount), maxTicksLimit: 6},
            grid: {color: grid},
        },
    };
}

function getPlugins(months, {text}, format) {
    return {
        legend: {position: "top", align: "end", labels: {color: text, boxWidth: 12}},
        tooltip: {
            callbacks: {
                title: ([{dataIndex, datasetIndex}]) =>
                    months[dataIndex][SERIES[datasetIndex].title],
                label: ({raw}) => format(raw),
            },
        },
    };
}
