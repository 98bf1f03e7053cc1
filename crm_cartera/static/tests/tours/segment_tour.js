import {registry} from "@web/core/registry";

const add = (name, url, steps) =>
    registry.category("web_tour.tours").add(name, {url: `/odoo/${url}`, steps: () => steps});
const field = (name) => `.o_field_widget[name=${name}]`;
const row = (text) => `${field("segment_ids")} .o_data_row:contains('${text}')`;

/** Add a segment in the dialog; the rule is typed, as the editor lets who debugs. */
const addSegment = (name, rule, more = []) => [
    {trigger: `${field("segment_ids")} .o_field_x2many_list_row_add a`, run: "click"},
    {trigger: `.modal ${field("name")} input`, run: `edit ${name}`},
    ...(rule
        ? [
              {trigger: `.modal ${field("domain")} .fa-caret-right`, run: "click"},
              {
                  trigger: `.modal ${field("domain")} textarea`,
                  run: `edit ${rule} && press Tab`,
              },
          ]
        : []),
    {
        trigger: `.modal ${field("treatment")} textarea`,
        run: `edit Trato de ${name}`,
    },
    ...more,
    {trigger: ".modal .o_form_button_save, .modal .o_form_button_save_new", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: row(name)},
];

/** An admin makes a dimension of three segments, looks at what would change, saves. */
add("cartera_dimension_es", "cartera-dimensions?debug=1", [
    {trigger: ".o_list_view .o_list_button_add", run: "click"},
    {trigger: `.o_form_view ${field("name")} input`, run: "edit Prioridad"},
    {trigger: `${field("code")} input`, run: "edit prioridad"},
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
    ...addSegment("Primero", '[("potential", ">", 1000)]'),
    ...addSegment("Segundo", '[("potential", ">", 100)]', [
        {trigger: ".modal .o_cartera_preview", run: "click"},
        {
            content: "the first takes one of the two that match",
            trigger: `.modal ${field("account_count")}:contains(/^1$/)`,
        },
        {trigger: `.modal ${field("line_ids")} .o_data_row:contains('Segundo')`},
        {trigger: ".modal .nav-link[name=enter]", run: "click"},
        {trigger: `.modal ${field("enter_ids")} .o_data_row:contains('Ferretería Dos')`},
        {
            trigger: ".modal:not(.o_inactive_modal) .modal-footer button[special=cancel]",
            run: "click",
        },
        {trigger: `body:not(:has(${field("enter_ids")}))`},
        {trigger: `.modal ${field("treatment")} textarea`},
    ]),
    ...addSegment("Tercero", ""),
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
]);

/** The accounts of a segment are found through the search panel. */
add("cartera_panel_es", "cartera", [
    {trigger: ".o_kanban_view .o_kanban_record:contains('Ferretería Uno')"},
    {
        trigger: ".o_search_panel .o_search_panel_filter_value:contains('Segundo'):contains('1')",
    },
    {
        trigger: ".o_search_panel .o_search_panel_filter_value:contains('Segundo') input",
        run: "click",
    },
    {trigger: "body:not(:has(.o_kanban_record:contains('Ferretería Uno')))"},
    {trigger: ".o_kanban_view .o_kanban_record:contains('Ferretería Dos')"},
    {trigger: ".o_switch_view.o_list", run: "click"},
    {trigger: ".o_list_view .o_data_row:contains('Ferretería Dos')"},
]);

/** A salesperson sees on the account how to treat it. */
add("cartera_treatment_es", "cartera", [
    {trigger: ".o_kanban_record:contains('Ferretería Uno'):contains('Primero')", run: "click"},
    {trigger: `.o_form_view ${field("segment_ids")} .o_tag:contains('Primero')`},
    {trigger: ".nav-link[name=treatment]", run: "click"},
    {trigger: `.tab-pane.active ${row("Trato de Primero")}`},
    {trigger: "button[name=action_open_partner]", run: "click"},
    {trigger: ".nav-link[name=cartera]", run: "click"},
    {
        trigger: `${field("cartera_segment_ids")} .o_data_row:contains('Trato de Primero')`,
    },
]);

/** From the dimension to the portfolio, grouped by its segments. */
add("cartera_by_dimension_es", "cartera-dimensions", [
    {trigger: ".o_list_view .o_data_row:contains('Prioridad') td[name=name]", run: "click"},
    {trigger: ".o_form_view button[name=action_open_accounts]", run: "click"},
    {trigger: ".o_list_view .o_group_header:contains('Primero')"},
    {trigger: ".o_list_view .o_group_header:contains('Segundo')", run: "click"},
    {trigger: ".o_list_view .o_data_row:contains('Ferretería Dos')"},
]);
