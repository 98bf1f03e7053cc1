import {Component} from "@odoo/owl";

import {isMissing} from "./words";

/** Width and height of the drawing; it is stretched to its place. */
export const WIDTH = 120;
export const HEIGHT = 32;
const MARGIN = 3;

/**
 * The shape of a history: bars for what adds up over time, a line for what is a state.
 *
 * @param {Object[]} history {value, target}, the latest last; null where it is not known
 * @param {boolean} isFlow
 * @returns {Object} {bars: [{x, y, width, height}], lines: [path], last: {x, y}|null, target: path}
 */
export function getSpark(history, isFlow) {
    const values = history.flatMap(({value, target}) => [value, target]).filter(isKnown);
    const low = Math.min(...values, ...(isFlow ? [0] : []));
    const high = Math.max(...values, ...(isFlow ? [0] : []));
    const getY = (value) =>
        high === low
            ? HEIGHT / 2
            : HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
    const step = WIDTH / Math.max(history.length, 1);
    const getX = (index) => (index + 0.5) * step;
    const points = history.map(({value}, index) =>
        isKnown(value) ? {x: getX(index), y: getY(value)} : null
    );
    const targets = history.map(({target}, index) =>
        isKnown(target) ? {x: getX(index), y: getY(target)} : null
    );
    return {
        bars: isFlow ? getBars(points, getY(0), step) : [],
        lines: isFlow ? [] : getPaths(points),
        last: isFlow ? null : points.at(-1),
        targets: getPaths(targets),
    };
}

function isKnown(value) {
    return !isMissing(value);
}

function getBars(points, zero, step) {
    return points.map((point) =>
        point
            ? {
                  x: round(point.x - step * 0.35),
                  width: round(step * 0.7),
                  y: round(Math.min(point.y, zero)),
                  height: round(Math.max(Math.abs(zero - point.y), 0.5)),
              }
            : null
    );
}

/** One path for each stretch without a gap. */
function getPaths(points) {
    const paths = [];
    let path = "";
    for (const point of [...points, null]) {
        if (point) {
            path += `${path ? "L" : "M"}${round(point.x)} ${round(point.y)}`;
        } else if (path) {
            paths.push(path);
            path = "";
        }
    }
    return paths;
}

function round(value) {
    return Math.round(value * 10) / 10;
}

/** The last periods of an indicator in a small drawing, with the target as a dashed line. */
export class Spark extends Component {
    static template = "crm_cartera.Spark";
    static props = {
        history: Array,
        isFlow: Boolean,
        /** Whether the last period is not over. */
        isRunning: Boolean,
        label: String,
    };

    setup() {
        Object.assign(this, {width: WIDTH, height: HEIGHT});
    }

    get spark() {
        return getSpark(this.props.history, this.props.isFlow);
    }
}
