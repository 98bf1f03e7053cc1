import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const menu = (name) => ({trigger: `[data-menu-xmlid='crm_cartera.${name}']`, run: "click"});
const view = (type) => ({trigger: `.o_switch_view.o_${type}`, run: "click"});
const header = (word) => `.o_pivot_view th:contains(/^${word}$/)`;

/** In Spanish: which prospects of last month are clients today? Down to the account. */
tours.add("cartera_migration", {
    url: "/odoo/cartera",
    steps: () => [
        menu("menu_report"),
        menu("menu_migration"),
        {trigger: ".modal .o_field_widget[name=to_id] input:value(Hoy)"},
        {trigger: ".modal input[data-value=lifecycle]", run: "click"},
        {trigger: ".modal button[name=action_open]", run: "click"},
        {trigger: `${header("Prospecto")}`},
        {trigger: `${header("Cliente")}`},
        view("graph"),
        {trigger: ".o_graph_view canvas", run: "canvasNotEmpty"},
        view("list"),
        {trigger: ".o_list_view .o_data_row:contains('Alba'):contains('250,00')"},
        {trigger: ".o_list_view:not(:contains('Eco'))"},
        view("pivot"),
        {
            content: "one prospect became a client",
            trigger: ".o_pivot_view tbody tr:contains('Prospecto') .o_pivot_cell_value:contains(1)",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains('Alba') td[name=profile_id]", run: "click"},
        {trigger: ".o_form_view .o_field_badge[name=lifecycle]:contains(/^Cliente$/)"},
    ],
});

/** In Spanish: revenue by lifecycle in Odoo's own invoice analysis. */
tours.add("cartera_invoice_analysis", {
    url: "/odoo/customer-invoices-analysis",
    steps: () => [
        {trigger: ".o_graph_view canvas"},
        {trigger: ".o_searchview_dropdown_toggler", run: "click"},
        {trigger: ".o_group_by_menu .o_menu_item:contains('Ciclo de vida')", run: "click"},
        {trigger: ".o_facet_value:contains('Ciclo de vida')"},
        {trigger: ".o_searchview_dropdown_toggler", run: "click"},
        view("pivot"),
        {trigger: ".o_pivot_view tbody tr:contains('Cliente') .o_value:contains('60,00')"},
        {trigger: ".o_pivot_view tbody tr:contains('Lead') .o_value:contains('70,00')"},
    ],
});

/** Every view of the other reports shows its records. */
tours.add("cartera_reports", {
    url: "/odoo/cartera",
    steps: () => [
        menu("menu_report"),
        menu("menu_snapshot"),
        {trigger: ".o_graph_view canvas", run: "canvasNotEmpty"},
        view("pivot"),
        {trigger: ".o_pivot_view .o_value:contains('1')"},
        view("list"),
        {trigger: ".o_list_view .o_data_row:contains('Brisa')"},
        view("kanban"),
        {trigger: ".o_kanban_view .o_kanban_record:contains('Brisa')"},
        menu("menu_report"),
        menu("menu_retention_change"),
        {trigger: ".o_list_view .o_data_row:contains('Brisa')"},
        view("kanban"),
        {trigger: ".o_kanban_view .o_kanban_record:contains('Brisa')"},
        view("pivot"),
        {trigger: ".o_pivot_view .o_value:contains('1')"},
        view("graph"),
        {trigger: ".o_graph_view canvas", run: "canvasNotEmpty"},
        menu("menu_config"),
        menu("menu_calibration"),
        {trigger: ".o_list_view .o_data_row td[name=accounts]:contains('412')", run: "click"},
        {
            trigger:
                ".o_form_view .o_field_widget[name=recency_cuts_text]:contains('12 · 30 · 61,5 · 140')",
        },
        {trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a", run: "click"},
        view("graph"),
        {trigger: ".o_graph_view canvas", run: "canvasNotEmpty"},
        menu("menu_report"),
        {trigger: "[data-menu-xmlid='crm_cartera.menu_migration']"},
    ],
});
