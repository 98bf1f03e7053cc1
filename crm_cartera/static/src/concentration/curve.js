import {_t} from "@web/core/l10n/translation";

import {fade} from "../screen/chart";
import {formatShare} from "../screen/format";

/** Colours of the classes, in zones, table and legend. */
export const CLASS_COLORS = {A: "#00a78d", B: "#f4a261", C: "#7e8290"};

/** Paints behind the curve the zone of each class, the limits, and how it were if all were alike. */
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
        ctx.setLineDash([3, 3]);
        ctx.strokeStyle = fade(CLASS_COLORS.C, 0.7);
        ctx.beginPath();
        ctx.moveTo(area.left, area.bottom);
        ctx.lineTo(area.right, area.top);
        ctx.stroke();
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
            ],
        },
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", axis: "x", intersect: false},
            scales: {x: axis(_t("Share of accounts")), y: axis(_t("Cumulative share"))},
            onHover: (ev, elements) => {
                ev.native.target.style.cursor = elements.length ? "pointer" : "";
                if (elements.length) {
                    calls.onPoint(toNumber(elements[0].index));
                }
            },
            onClick: (ev, elements) => {
                // A finger does not hover: its tap shows the accounts, and a button opens them.
                if (elements.length && ev.native.pointerType !== "touch") {
                    calls.onClick(toNumber(elements[0].index));
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
