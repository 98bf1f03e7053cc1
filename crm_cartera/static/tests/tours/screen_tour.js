import {registry} from "@web/core/registry";

const accounts = ".o_list_view .o_data_row, .o_kanban_view .o_kanban_record:not(.o_kanban_ghost)";
const account = (name) =>
    `.o_list_view .o_data_row:contains('${name}'), .o_kanban_record:contains('${name}')`;
const canvas = ".o_cartera_chart canvas";

/** Click on an element of a chart, as a mouse does. */
function clickOn(chart, datasetIndex, index) {
    const element = chart.getDatasetMeta(datasetIndex).data[index];
    const {x, y} = element.getCenterPoint();
    const box = chart.canvas.getBoundingClientRect();
    const at = {clientX: box.left + x, clientY: box.top + y, bubbles: true};
    chart.canvas.dispatchEvent(new MouseEvent("mousemove", at));
    chart.canvas.dispatchEvent(new MouseEvent("click", at));
}

/** The page itself never scrolls sideways: what is wide scrolls inside. */
const fits = {
    content: "nothing is wider than the page",
    trigger: ".o_cartera_screen .o_content",
    run({anchor}) {
        const {scrollWidth} = document.documentElement;
        if (scrollWidth > window.innerWidth || anchor.scrollWidth > anchor.clientWidth) {
            throw new Error(`the page is ${scrollWidth} wide, the screen ${anchor.scrollWidth}`);
        }
    },
};
const back = {
    trigger: ".o_back_button, .o_breadcrumb .breadcrumb-item a",
    run: "click",
};

const add = (name, url, steps) =>
    registry.category("web_tour.tours").add(name, {url: `/odoo/${url}`, steps: () => steps});

add("cartera_concentration_es", "cartera-concentration", [
    {trigger: canvas, run: "canvasNotEmpty"},
    {content: "as Spanish writes it", trigger: "[name=top1_share]:contains('60%')"},
    fits,
    {
        content: "the second point",
        trigger: canvas,
        run: ({anchor}) => clickOn(Chart.getChart(anchor), 0, 2),
    },
    {trigger: account("Ferretería Dos")},
    {trigger: `body:not(:has(${account("Ferretería Uno")}))`},
    back,
    {trigger: canvas},
    {content: "class A", trigger: "tr[data-class=A] button", run: "click"},
    {trigger: account("Ferretería Uno")},
    back,
    {trigger: "[name=measure] button[data-value=margin]", run: "click"},
    {trigger: "[name=measure] button.active[data-value=margin]"},
    {trigger: ".o_cartera_content:not(.o_cartera_stale) [name=top1_share]:contains('100%')"},
]);

add("cartera_rfm_es", "cartera-rfm", [
    {trigger: "[data-cell='5-5']:enabled"},
    fits,
    {trigger: "[name=measure] button[data-value=revenue]", run: "click"},
    {trigger: "[data-cell='5-5'] .o_cartera_cell_value:contains('600')"},
    {trigger: "[data-cell='5-5']", run: "click"},
    {trigger: account("Ferretería Uno")},
]);

add("cartera_retention_es", "cartera-retention", [
    {trigger: canvas, run: "canvasNotEmpty"},
    {trigger: ".o_cartera_changes:contains('Ferretería Dos')"},
    fits,
    {
        content: "the bar of the last month end",
        trigger: canvas,
        run({anchor}) {
            const chart = Chart.getChart(anchor);
            const month = chart.data.labels.length - 2;
            const shown = chart.data.datasets.findIndex(({data}) => data[month]);
            clickOn(chart, shown, month);
        },
    },
    {trigger: accounts},
    back,
    {trigger: "[name=direction] button[data-value=worse]", run: "click"},
    {trigger: ".o_cartera_changes tr[data-direction=worse]"},
    {trigger: ".o_cartera_open_changes", run: "click"},
    {trigger: account("Ferretería Dos")},
    back,
    {trigger: ".o_cartera_screen [name=direction] button.active[data-value=worse]"},
    {trigger: "[name=shape] button[data-value=table]", run: "click"},
    {trigger: ".o_cartera_months tbody tr:last button:enabled:first", run: "click"},
    {trigger: accounts},
]);

add("cartera_cohorts_es", "cartera-cohorts", [
    {trigger: ".o_cartera_cell:enabled"},
    fits,
    {trigger: "[name=measure] button[data-value=revenue]", run: "click"},
    {trigger: ".o_cartera_cell:enabled:contains('1,0k')", run: "click"},
    {trigger: account("Ferretería Uno")},
    back,
    {trigger: "[name=period] button[data-value=quarter]", run: "click"},
    {trigger: "[data-cohort] th:contains('T')"},
]);

add("cartera_refresh_es", "cartera", [
    {trigger: ".o_kanban_view, .o_list_view"},
    {trigger: ".o_cp_action_menus .dropdown-toggle", run: "click"},
    {trigger: ".o_cartera_refresh_menu", run: "click"},
    {content: "no job runs here", trigger: "[data-phase=waiting]"},
    {trigger: ".modal-footer .btn-secondary", run: "click"},
    {trigger: "body:not(:has(.modal))"},
]);
