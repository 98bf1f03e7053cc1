import {fade} from "../screen/chart";
import {formatCount, formatShare} from "../screen/format";

/**
 * @param {Object[]} columns {label, counts, total}
 * @param {Object[]} statuses {code, name, color (variable)}, the lowest of the stack first
 * @param {Object} theme colours of the page
 * @param {Function} onClick (column, code of the status)
 * @returns {Object} the configuration of Chart.js: one stacked bar a column
 */
export function getBars(columns, statuses, theme, onClick) {
    return {
        type: "bar",
        data: {
            labels: columns.map((column) => column.label),
            datasets: statuses.map((status) => getBar(status, columns, theme)),
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            scales: getScales(theme),
            onHover: (ev, elements) => {
                ev.native.target.style.cursor = elements.length ? "pointer" : "";
            },
            onClick: (_ev, [element]) => {
                if (element) {
                    onClick(columns[element.index], statuses[element.datasetIndex].code);
                }
            },
            plugins: {
                legend: {position: "bottom", labels: {color: theme.text, boxWidth: 12}},
                tooltip: {callbacks: {label: (item) => describe(item, columns)}},
            },
        },
    };
}

function getBar({code, name, color}, columns, theme) {
    return {
        label: name,
        data: columns.map(({counts}) => counts[code] ?? 0),
        backgroundColor: fade(theme.get(color), 0.85),
        hoverBackgroundColor: theme.get(color),
        maxBarThickness: 60,
    };
}

function getScales({text, grid}) {
    const ticks = {color: text, maxRotation: 45, autoSkip: true};
    return {
        x: {stacked: true, ticks, grid: {display: false}},
        y: {
            stacked: true,
            beginAtZero: true,
            ticks: {...ticks, precision: 0, callback: (value) => formatCount(value)},
            grid: {color: grid},
        },
    };
}

/** Return the words on a bar: its status, its accounts, their share of the column. */
function describe({dataset, dataIndex, parsed}, columns) {
    const share = formatShare(parsed.y / columns[dataIndex].total);
    return `${dataset.label}: ${formatCount(parsed.y)} (${share})`;
}
