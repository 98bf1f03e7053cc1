import {_t} from "@web/core/l10n/translation";

import {fade} from "../screen/chart";
import {formatFigure, isMissing} from "./words";

/**
 * @param {Object} story {chart: [{label, value, target}], indicator: {name, form, unit, state}}
 * @param {number} currencyId
 * @param {Object} theme colours of the page
 * @param {Function} onClick (period of the chart)
 * @returns {Object} the configuration of Chart.js: bars for what adds up, a line for a state, the target dashed
 */
export function getStoryChart({chart, indicator}, currencyId, theme, onClick) {
    const format = (value) => formatFigure(value, indicator.unit, currencyId);
    return {
        type: "bar",
        data: {
            labels: chart.map(({label}) => label),
            datasets: [
                getTargets(chart, theme),
                indicator.form === "flow"
                    ? getBars(chart, indicator, theme)
                    : getLine(chart, indicator, theme),
            ].filter(({data}) => data.some((value) => !isMissing(value))),
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            interaction: {mode: "index", intersect: false},
            scales: getScales(theme, indicator, format),
            onHover: (ev, elements) => {
                ev.native.target.style.cursor = elements.length ? "pointer" : "";
            },
            onClick: (_ev, [element]) => {
                if (element) {
                    onClick(chart[element.index]);
                }
            },
            plugins: {
                legend: {
                    position: "bottom",
                    labels: {color: theme.text, usePointStyle: true, boxHeight: 7},
                },
                tooltip: {
                    callbacks: {label: ({dataset, raw}) => `${dataset.label}: ${format(raw)}`},
                },
            },
        },
    };
}

function getTargets(chart, theme) {
    const color = theme.get("--gray-600");
    return {
        type: "line",
        label: _t("Target"),
        data: chart.map(({target}) => (isMissing(target) ? null : target)),
        borderColor: color,
        backgroundColor: color,
        borderDash: [5, 4],
        borderWidth: 2,
        pointRadius: 0,
        pointStyle: "line",
        stepped: "middle",
    };
}

function getBars(chart, {name, state}, theme) {
    const color = theme.get("--primary");
    return {
        type: "bar",
        label: name,
        data: chart.map(({value}) => value),
        // What is not over is paler.
        backgroundColor: chart.map((_, index) =>
            fade(color, state === "running" && index === chart.length - 1 ? 0.45 : 0.85)
        ),
        hoverBackgroundColor: color,
        maxBarThickness: 40,
        pointStyle: "rect",
    };
}

function getLine(chart, {name}, theme) {
    const color = theme.get("--primary");
    return {
        type: "line",
        label: name,
        data: chart.map(({value}) => value),
        borderColor: color,
        backgroundColor: fade(color, 0.15),
        fill: false,
        borderWidth: 2,
        pointRadius: chart.map((_, index) => (index === chart.length - 1 ? 5 : 3)),
        pointBackgroundColor: color,
        cubicInterpolationMode: "monotone",
    };
}

function getScales({text, grid}, {form, unit}, format) {
    const ticks = {color: text, maxRotation: 45, autoSkip: true};
    return {
        x: {ticks, grid: {display: false}},
        y: {
            beginAtZero: form === "flow",
            ticks: {
                ...ticks,
                precision: unit === "count" && form !== "ratio" ? 0 : undefined,
                callback: (value) => format(value),
            },
            grid: {color: grid},
        },
    };
}
