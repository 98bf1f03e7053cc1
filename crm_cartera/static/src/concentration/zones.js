import {fade} from "../screen/chart";
import {formatShare} from "../screen/format";

/**
 * Paints behind the curve the zone of each class, the limits, and how it were if all were alike.
 * Its options: classes, limits, count (of the accounts), colors (of the classes), text (its colour).
 */
export const zones = {
    id: "carteraZones",
    beforeDatasetsDraw(chart, _args, options) {
        chart.ctx.save();
        paintClasses(chart, options);
        paintDiagonal(chart, options);
        paintLimits(chart, options);
        chart.ctx.restore();
    },
};

function paintClasses({ctx, chartArea: area, scales}, {classes, count, colors, text}) {
    ctx.font = `bold 13px ${Chart.defaults.font.family}`;
    ctx.textAlign = "center";
    for (const {name, first, last} of classes) {
        const left = scales.x.getPixelForValue((first - 1) / count);
        const right = scales.x.getPixelForValue(last / count);
        ctx.fillStyle = fade(colors[name], 0.13);
        ctx.fillRect(left, area.top, right - left, area.height);
        ctx.fillStyle = text;
        ctx.fillText(name, (left + right) / 2, area.bottom - 8);
    }
}

function paintDiagonal({ctx, chartArea: area}, {text}) {
    ctx.setLineDash([3, 3]);
    paintLine(ctx, fade(text, 0.5), [area.left, area.bottom], [area.right, area.top]);
}

function paintLimits({ctx, chartArea: area, scales}, {limits, colors, text}) {
    ctx.setLineDash([4, 4]);
    ctx.font = `11px ${Chart.defaults.font.family}`;
    ctx.textAlign = "right";
    ctx.fillStyle = text;
    for (const [name, limit] of Object.entries(limits)) {
        const y = scales.y.getPixelForValue(limit);
        paintLine(ctx, colors[name], [area.left, y], [area.right, y]);
        ctx.fillText(`${name} ${formatShare(limit)}`, area.right - 4, y + 13);
    }
}

function paintLine(ctx, color, from, to) {
    ctx.strokeStyle = color;
    ctx.beginPath();
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
}
