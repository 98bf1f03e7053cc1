import {_t} from "@web/core/l10n/translation";

import {fade} from "../screen/chart";
import {formatShare} from "../screen/format";

/** Colours of the classes, in zones, table and legend. */
export const CLASS_COLORS = {A: "#00a78d", B: "#f4a261", C: "#7e8290"};

/** Paints the zone of each class, and the limits, behind the curve. */
const zones = {
    id: "carteraZones",
    beforeDatasetsDraw(chart, _args, {classes, limits, count, color}) {
        const {ctx, chartArea: area, scales} = chart;
        ctx.save();
        ctx.font = `bold 13px ${Chart.defaults.font.family}`;
        ctx.textAlign = "center";
        for (const {name, first, last} of classes) {
            const left = scales.x.getPixelForValue((first - 1) / count);
            const right = scales.x.getPixelForValue(last / count);
            ctx.fillStyle = fade(CLASS_COLORS[name], 0.13);
            ctx.fillRect(left, area.top, right - left, area.height);
            ctx.fillStyle = CLASS_COLORS[name];
            ctx.fillText(name, (left + right) / 2, area.bottom - 8);
        }
        ctx.setLineDash([4, 4]);
        for (const [name, limit] of Object.entries(limits)) {
            const y = scales.y.getPixelForValue(limit);
            ctx.strokeStyle = CLASS_COLORS[name];
            ctx.beginPath();
            ctx.moveTo(area.left, y);
            ctx.lineTo(area.right, y);
            ctx.stroke();
        }
        ctx.font = `11px ${Chart.defaults.font.family}`;
        ctx.textAlign = "right";
        ctx.fillStyle = color;
        for (const [name, limit] of Object.entries(limits)) {
            const y = scales.y.getPixelForValue(limit);
            ctx.fillText(`${name} ${formatShare(limit, 0)}`, area.right - 4, y + 13);
        }
        ctx.restore();
    },
};

/**
 * @param {Object} data of cartera.screen.get_concentration
 * @param {Object} theme colours of the page
 * @param {Object} calls describe(point) => {title, names, summary}, onPoint(number), onClick(number)
 * @returns {Object} the configuration of Chart.js
 */
export function getCurve(data, theme, calls) {
    const share = (value) => formatShare(value, 0);
    const axis = (text) => ({
        type: "linear",
        min: 0,
        max: 1,
        title: {display: true, text, color: theme.text},
        ticks: {callback: share, color: theme.text, maxTicksLimit: 6, maxRotation: 0},
        grid: {color: fade("#7e8290", 0.2)},
    });
    const numberOf = (elements) => elements.find(({datasetIndex}) => !datasetIndex)?.index - 1;
    return {
        type: "line",
        data: {
            datasets: [
                {
                    label: _t("Cumulative share"),
                    data: [{x: 0, y: 0}, ...data.points.map(toPosition)],
                    borderColor: theme.primary,
                    backgroundColor: theme.primary,
                    borderWidth: 2,
                    pointRadius: data.points.length > 40 ? 0 : 3,
                    pointHoverRadius: 6,
                    pointHitRadius: 0,
                },
                {
                    label: _t("If all were alike"),
                    data: [
                        {x: 0, y: 0},
                        {x: 1, y: 1},
                    ],
                    borderColor: fade("#7e8290", 0.6),
                    borderDash: [3, 3],
                    borderWidth: 1,
                    pointRadius: 0,
                    pointHoverRadius: 0,
                },
            ],
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            interaction: {mode: "carteraPoint", intersect: false},
            scales: {x: axis(_t("Share of accounts")), y: axis(_t("Cumulative share"))},
            onHover: (ev, elements) => {
                const number = numberOf(elements);
                ev.native.target.style.cursor = number >= 0 ? "pointer" : "";
                if (number >= 0) {
                    calls.onPoint(number);
                }
            },
            onClick: (ev, elements) => {
                const number = numberOf(elements);
                // A finger does not hover: its tap shows the accounts, beside the curve one opens them.
                if (number >= 0 && ev.native.pointerType !== "touch") {
                    calls.onClick(number);
                }
            },
            plugins: {
                legend: {display: false},
                tooltip: getTooltip(data, calls),
                carteraZones: {
                    classes: data.classes,
                    limits: data.limits,
                    count: data.figures.account_count,
                    color: theme.text,
                },
            },
        },
        plugins: [zones],
    };
}

function toPosition(point) {
    return {x: point.account_share, y: point.revenue_share};
}

function getTooltip(data, {describe}) {
    const of = (items) => describe(data.points[items[0].dataIndex - 1]);
    return {
        displayColors: false,
        filter: (item) => item.datasetIndex === 0 && item.dataIndex > 0,
        callbacks: {
            title: (items) => (items.length ? of(items).title : ""),
            label: () => null,
            afterBody: (items) => (items.length ? of(items).names : []),
            footer: (items) => (items.length ? of(items).summary : ""),
        },
    };
}
