import {loadBundle} from "@web/core/assets";

import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";

/** A Chart.js chart, drawn anew when its data are others. */
export class ChartCanvas extends Component {
    static template = "crm_cartera.ChartCanvas";
    static props = {
        /** What is drawn; compared by identity. */
        data: Object,
        /** (data, theme) => the configuration of Chart.js */
        configure: Function,
        label: String,
        /** Called with the chart when it is drawn. */
        onDraw: {type: Function, optional: true},
        onKeydown: {type: Function, optional: true},
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (data) => {
                const canvas = this.canvas.el;
                const config = this.props.configure(data, getTheme(canvas));
                const chart = new Chart(canvas, config);
                this.props.onDraw?.(chart);
                return () => chart.destroy();
            },
            () => [this.props.data]
        );
    }
}

/** Return the colours that the page gives to text, lines and background, bright or dark. */
function getTheme(el) {
    const style = getComputedStyle(el);
    const get = (name, other) => style.getPropertyValue(name).trim() || other;
    return {
        text: style.color,
        muted: get("--secondary-color", style.color),
        line: get("--border-color", "#d8dadd"),
        primary: get("--primary", "#71639e"),
    };
}

/** Return a colour of the form #rrggbb with an opacity (0..1). */
export function fade(color, opacity) {
    const part = Math.round(opacity * 255);
    return color + part.toString(16).padStart(2, "0");
}
