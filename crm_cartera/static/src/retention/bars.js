import {fade} from "../screen/chart";
import {formatCount, formatShare} from "../screen/format";

/**
 * @param {Object[]} columns {label, counts, total}
 * @param {Object[]} statuses {code, name, color}, the lowest of the stack first
 * @param {Object} theme colours of the page
 * @param {Function} onClick (column, code of the status)
 * @returns {Object} the configuration of Chart.js: one stacked bar a column
 */
export function getBars(columns, statuses, theme, onClick) {
    const ticks = {color: theme.text, maxRotation: 45, autoSkip: true};
    const count = (item) => item.parsed.y;
    const total = (items) => columns[items[0].dataIndex].total;
    return {
        type: "bar",
        data: {
            labels: columns.map((column) => column.label),
            datasets: statuses.map(({code, name, color}) => ({
                label: name,
                data: columns.map(({counts}) => counts[code] ?? 0),
                backgroundColor: fade(color, 0.85),
                hoverBackgroundColor: color,
                maxBarThickness: 60,
            })),
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            scales: {
                x: {stacked: true, ticks, grid: {display: false}},
                y: {
                    stacked: true,
                    beginAtZero: true,
                    ticks: {...ticks, precision: 0, callback: (value) => formatCount(value)},
                    grid: {color: fade("#7e8290", 0.2)},
                },
            },
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
                tooltip: {
                    callbacks: {
                        label: (item) => {
                            const share = formatShare(count(item) / total([item]));
                            return `${item.dataset.label}: ${formatCount(count(item))} (${share})`;
                        },
                    },
                },
            },
        },
    };
}
