import {_t} from "@web/core/l10n/translation";

import {CLASS_COLORS} from "../screen/colors";
import {formatShare} from "../screen/format";
import {zones} from "./zones";

/**
 * @param {Object} data of cartera.screen.get_concentration
 * @param {Object} theme colours of the page
 * @param {Object} calls describe(point) => {title, names, summary}, onPoint(number), onClick(number)
 * @returns {Object} the configuration of Chart.js
 */
export function getCurve(data, theme, calls) {
    return {
        type: "line",
        data: {datasets: [getLine(data.points, theme)]},
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", axis: "x", intersect: false},
            scales: {
                x: getAxis(_t("Share of accounts"), theme),
                y: getAxis(_t("Cumulative share"), theme),
            },
            ...getEvents(calls),
            plugins: {
                legend: {display: false},
                tooltip: getTooltip(data, calls),
                carteraZones: getZones(data, theme),
            },
        },
        plugins: [zones],
    };
}

function getLine(points, theme) {
    const color = theme.get("--primary");
    return {
        label: _t("Cumulative share"),
        data: [{x: 0, y: 0}, ...points.map(toPosition)],
        borderColor: color,
        backgroundColor: color,
        borderWidth: 2,
        pointRadius: points.length > 40 ? 0 : 3,
        pointHoverRadius: 6,
        pointHitRadius: 0,
    };
}

function getAxis(text, theme) {
    return {
        type: "linear",
        min: 0,
        max: 1,
        title: {display: true, text, color: theme.text},
        ticks: {
            callback: (value) => formatShare(value),
            color: theme.text,
            maxTicksLimit: 6,
            maxRotation: 0,
        },
        grid: {color: theme.grid},
    };
}

function getEvents({onPoint, onClick}) {
    return {
        onHover: (ev, elements) => {
            ev.native.target.style.cursor = elements.length ? "pointer" : "";
            if (elements.length) {
                onPoint(toNumber(elements[0].index));
            }
        },
        onClick: (ev, elements) => {
            // A finger does not hover: its tap shows the accounts, and a button opens them.
            if (elements.length && ev.native.pointerType !== "touch") {
                onClick(toNumber(elements[0].index));
            }
        },
    };
}

function getZones({classes, limits, figures}, {text, get}) {
    const colors = Object.entries(CLASS_COLORS).map(([name, variable]) => [name, get(variable)]);
    return {
        classes,
        limits,
        text,
        count: figures.account_count,
        colors: Object.fromEntries(colors),
    };
}

function toPosition(point) {
    return {x: point.account_share, y: point.revenue_share};
}

/** The first element is the origin of the curve: it stands for the first point. */
function toNumber(index) {
    return Math.max(0, index - 1);
}

function getTooltip(data, {describe}) {
    const words = (items) => describe(data.points[toNumber(items[0].dataIndex)]);
    return {
        displayColors: false,
        callbacks: {
            title: (items) => words(items).title,
            label: () => null,
            afterBody: (items) => words(items).names,
            footer: (items) => words(items).summary,
        },
    };
}
