import {registry} from "@web/core/registry";

/** The account of tests/test_tours_account.py; its screens are read in Spanish. */
const ACCOUNT = "Ferretería Gómez";
const row = `.o_list_view .o_data_row:contains('${ACCOUNT}')`;
const figure = (name) => `.o_form_view .o_field_widget[name=${name}]`;
const back = {trigger: ".breadcrumb .o_back_button, .o_breadcrumb a:last", run: "click"};

const openAccount = [
    {trigger: ".o_switch_view.o_list", run: "click"},
    {trigger: `${row} td[name=name]`, run: "click"},
    {trigger: `${figure("name")} input:value('${ACCOUNT}')`},
];

/** What the page says, and what a click on each part of it opens. */
registry.category("web_tour.tours").add("cartera_account_es", {
    url: "/odoo/cartera",
    steps: () => [
        ...openAccount,
        {trigger: `${figure("retention_status")} .badge:contains('Activo')`},
        {trigger: `${figure("abc_revenue")} .badge:contains('B')`},
        {trigger: `${figure("retention_reason")}:contains('última compra hace 20 d')`},
        {trigger: ".o_cartera_tile:contains('Ventas, 12 meses') [name=revenue_12m]"},
        {content: "the bars", trigger: ".o_cartera_chart canvas", run: "canvasNotEmpty"},
        {trigger: ".o_cartera_revenue button:contains('Tabla')", run: "click"},
        {trigger: ".o_cartera_months .o_cartera_open:first", run: "click"},
        {trigger: ".o_list_view .o_data_row"},
        back,
        {trigger: ".o_cartera_categories tr:contains('Pintura'):contains('600,00')"},
        {content: "no margin for a salesperson", trigger: "body:not(:has([name=margin_12m]))"},
        {trigger: `${figure("revenue_12m")} .o_cartera_open:contains('850,00')`, run: "click"},
        {trigger: ".o_list_view .o_list_footer:contains('850,00')"},
        back,
        {trigger: `${figure("overdue")} .o_cartera_open`, run: "click"},
        {trigger: ".o_list_view th:contains('Vencimiento')"},
        back,
        {trigger: ".o_cartera_categories .o_cartera_open:contains('Pintura')", run: "click"},
        {trigger: ".o_list_view .o_data_row:contains('640,00')"},
        back,
        {trigger: `${figure("interaction_count_12m")} .o_cartera_open`, run: "click"},
        {trigger: ".o_list_view .o_data_row:contains('Visita')"},
    ],
});

/** The list: badges with their reasons, filters. */
registry.category("web_tour.tours").add("cartera_list_es", {
    url: "/odoo/cartera",
    steps: () => [
        {trigger: ".o_switch_view.o_list", run: "click"},
        {trigger: `${row} td[name=retention_status] .badge`, run: "hover"},
        {trigger: ".o-tooltip:contains('última compra hace 20 d')"},
        {trigger: ".o_searchview_dropdown_toggler", run: "click"},
        {trigger: ".o_filter_menu .dropdown-item:contains('Clase B')", run: "click"},
        {trigger: row},
        {trigger: ".o_filter_menu .dropdown-item:contains('En riesgo o peor')", run: "click"},
        {trigger: `.o_list_view:not(:has(.o_data_row:contains('${ACCOUNT}')))`},
    ],
});

/** A manager's criteria refuse nonsense, in words, and keep sense. */
registry.category("web_tour.tours").add("cartera_criteria_es", {
    url: "/odoo/cartera-criteria",
    steps: () => [
        {trigger: `${figure("abc_a_limit")} input`, run: "edit 97"},
        {trigger: ".o_form_button_save", run: "click"},
        {
            trigger: ".modal:contains('«Clase A hasta» tiene que ser menor que «Clase B hasta»')",
        },
        {trigger: ".modal .btn-primary", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: `${figure("abc_a_limit")} input`, run: "edit 70"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {trigger: "button[name=action_learn]", run: "click"},
        {trigger: ".modal .o_cartera_refresh_dialog"},
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: "button[name=action_refresh]", run: "click"},
        {trigger: ".modal .o_cartera_refresh_dialog"},
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});
