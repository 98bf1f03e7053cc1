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

/** Return the colours of the page, bright or dark: of text, of the lines of a grid, of a variable. */
function getTheme(el) {
    const style = getComputedStyle(el);
    return {
        text: style.color,
        grid: fade(style.color, 0.15),
        get: (variable) => style.getPropertyValue(variable).trim() || style.color,
    };
}

/** Return a colour, in whichever way it is written, with an opacity (0..1). */
export function fade(color, opacity) {
    return Chart.helpers.color(color).alpha(opacity).rgbString();
}
