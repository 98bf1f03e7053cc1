import {registry} from "@web/core/registry";

const add = (name, url, steps) =>
    registry.category("web_tour.tours").add(name, {url: `/odoo/${url}`, steps: () => steps});
const field = (name) => `.o_field_widget[name=${name}]`;
const cell = (name) => `.o_selected_row .o_field_cell[name=${name}]`;
const divided = (text) => `.modal ${field("line_ids")} .o_data_row:contains('${text}')`;

/** A manager sets the target of a year, spreads it, and gives it to two salespeople. */
add("cartera_targets_es", "cartera-targets", [
    {trigger: ".o_list_view .o_list_button_add", run: "click"},
    {trigger: `${cell("indicator_id")} input`, run: "edit Ingresos del recorrido"},
    {trigger: ".o-autocomplete--dropdown-item:contains('Ingresos del recorrido')", run: "click"},
    {trigger: `${cell("kind")} input`, run: "click"},
    {trigger: ".o_select_menu_item:contains(/Año|Year/)", run: "click"},
    {trigger: `${cell("amount")} input`, run: "edit 120.000,01"},
    {trigger: ".o_list_button_save", run: "click"},
    {
        content: "opened as a form",
        trigger:
            ".o_data_row .o_list_record_open_form_view button, .o_data_row .o_list_record_open_form_view",
        run: "click",
    },
    {trigger: ".o_form_view button[name=action_spread]", run: "click"},
    {trigger: divided("10.000,01")},
    {trigger: `.modal ${field("difference")}:contains('0,00')`},
    {trigger: ".modal button[name=action_apply]", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: ".o_form_view .nav-link[name=months]"},
    {trigger: ".o_form_view button[name=action_cascade]", run: "click"},
    {trigger: divided("Berta")},
    {trigger: divided("Carla")},
    {trigger: `.modal ${field("shape")} input[data-value=last_year]`, run: "click"},
    {content: "three to one", trigger: divided("90.000,01")},
    {trigger: `${divided("Carla")} .o_field_cell[name=amount]`, run: "click"},
    {trigger: `.modal ${cell("amount")} input`, run: "edit 20.000"},
    {
        trigger: `.modal ${field("line_ids")} .o_field_x2many_list_row_add, .modal .modal-title`,
        run: "click",
    },
    {
        content: "what is missing is shown",
        trigger: `.modal ${field("difference")}:contains('10.000,00')`,
    },
    {trigger: `.modal ${field("shape")} input[data-value=equal]`, run: "click"},
    {trigger: divided("60.000,01")},
    {trigger: ".modal button[name=action_apply]", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: ".o_form_view .nav-link[name=people]", run: "click"},
    {trigger: `${field("part_ids")} .o_data_row:contains('Berta')`},
    {trigger: `${field("part_ids")} .o_data_row:contains('Carla')`},
]);

/** A manager counts the won opportunities without a line of code and sees what it makes now. */
add("cartera_indicator_es", "cartera-indicators", [
    {trigger: ".o_list_view .o_list_button_add", run: "click"},
    {trigger: `${field("name")} input`, run: "edit Oportunidades"},
    {trigger: `${field("code")} input`, run: "edit oportunidades"},
    {trigger: `${field("method")} input[data-value=model]`, run: "click"},
    {trigger: `${field("model_id")} input`, run: "edit crm.lead"},
    {trigger: ".o-autocomplete--dropdown-item:contains(/^Lead/)", run: "click"},
    {content: "no field to count by", trigger: `body:not(:has(${field("field_id")}))`},
    {trigger: `${field("user_field_id")} input`, run: "edit user_id"},
    {
        trigger: ".o-autocomplete--dropdown-item:contains('Comercial')",
        run: "click",
    },
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
    {trigger: `${field("live_value")}:contains('2')`},
]);
