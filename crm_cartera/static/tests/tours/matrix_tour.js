import {registry} from "@web/core/registry";

const account = (name) =>
    `.o_list_view .o_data_row:contains('${name}'), .o_kanban_record:contains('${name}')`;
const cell = (name) => `[data-cell='${name}']`;
const back = {trigger: ".o_back_button, .o_breadcrumb .breadcrumb-item a", run: "click"};
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
/** The measures are buttons on a desk and a list on a telephone; revenue is the second of both. */
const chooseRevenue = {
    trigger: ".o_cartera_screen .o_cartera_choice[name=measure]",
    run({anchor}) {
        if (anchor.matches("select")) {
            anchor.selectedIndex = 1;
            anchor.dispatchEvent(new Event("change", {bubbles: true}));
        } else {
            anchor.querySelector("[data-value=revenue]").click();
        }
    },
};
const openGroup = {
    trigger: ".o_group_header.o_group_has_content:not(.o_group_open)",
    run: "click",
};

const add = (name, steps) => registry.category("web_tour.tours").add(name, {steps: () => steps});

add("cartera_matrix_es", [
    {content: "as the address says", trigger: `${cell("Norte|Grande")}:enabled:contains('1')`},
    fits,
    {trigger: `${cell("Sur|Grande")}:disabled`},
    chooseRevenue,
    {trigger: `${cell("Norte|Grande")} .o_cartera_cell_value:contains('600')`},
    {trigger: cell("Norte|Grande"), run: "click"},
    {trigger: account("Ferretería Uno")},
    {trigger: `body:not(:has(${account("Ferretería Dos")}))`},
    back,
    {content: "as it was", trigger: `${cell("Norte|Grande")}:contains('600')`},
    {
        content: "all of the south",
        trigger: "tbody tr:nth-child(2) .o_cartera_total button",
        run: "click",
    },
    {trigger: account("Ferretería Dos")},
    {trigger: account("Ferretería Tres")},
    back,
    {trigger: ".o_cartera_save", run: "click"},
    {trigger: ".modal [name=name] input", run: "edit Regiones por tamaño"},
    {trigger: ".modal .o_form_button_save", run: "click"},
    {trigger: "select[name=matrix]:has(option:checked:contains('Regiones por tamaño'))"},
    {content: "it keeps what its cells showed", trigger: `${cell("Norte|Grande")}:contains('600')`},
    {trigger: ".o_cartera_swap", run: "click"},
    {trigger: `${cell("Grande|Norte")}:enabled`},
    {
        trigger: "select[name=matrix]",
        run({anchor}) {
            const names = [...anchor.options].map(({text}) => text);
            anchor.selectedIndex = names.findIndex((name) => name.includes("Regiones"));
            anchor.dispatchEvent(new Event("change", {bubbles: true}));
        },
    },
    {trigger: `${cell("Norte|Grande")}:enabled`},
    {trigger: ".o_cartera_delete", run: "click"},
    {trigger: ".modal .modal-footer .btn-primary", run: "click"},
    {trigger: "select[name=matrix]:not(:has(option:contains('Regiones')))"},
]);

add("cartera_matrix_strategies_es", [
    {trigger: ".o_cartera_strategy[data-strategy]"},
    fits,
    {trigger: ".o_cartera_strategy button:enabled", run: "click"},
    {trigger: ".o_list_view .o_data_row, .o_kanban_record:contains('Ferretería')"},
]);

add("cartera_drill_down_es", [
    {trigger: ".o_pivot_view tbody tr:contains('1.000')"},
    {
        content: "growth is not known",
        trigger: ".o_pivot_view tbody tr td:nth-child(3):not(:contains('%'))",
    },
    {trigger: ".o_switch_view.o_list", run: "click"},
    openGroup,
    {trigger: ".o_group_open"},
    openGroup,
    {trigger: ".o_group_open:eq(1)"},
    openGroup,
    {trigger: ".o_group_open:eq(2)"},
    openGroup,
    {trigger: ".o_data_row .o_data_cell:contains('Ferretería')", run: "click"},
    {trigger: ".o_form_view .o_field_widget[name=name]:contains('Ferretería'), .o_form_view"},
]);
