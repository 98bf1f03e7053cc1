import {registry} from "@web/core/registry";

/** The segment and the accounts of tests/test_tours_treatment.py; the screens are read in Spanish. */
const SEGMENT = "Ahora";
const ACCOUNT = "Ferretería Gómez";
const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;
const back = {trigger: ".breadcrumb .o_back_button, .o_breadcrumb a:last", run: "click"};

/** A manager chooses the plan in the segment, applies it, and sees what was scheduled. */
registry.category("web_tour.tours").add("cartera_treatment_manager", {
    url: "/odoo/cartera-segments",
    steps: () => [
        {trigger: ".o_group_header:contains('Prisa') .o_group_name", run: "click"},
        {trigger: `.o_data_row td[name=name]:contains('${SEGMENT}')`, run: "click"},
        {trigger: `${field("name")} input:value('${SEGMENT}')`},
        {trigger: `${field("plan_id")} input`, run: "edit Recuperar"},
        {trigger: ".dropdown-item:contains('Recuperar')", run: "click"},
        {trigger: `${field("apply_on_entry")} input`, run: "check"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {trigger: "button[name=action_apply_treatment]", run: "click"},
        {
            content: "two accounts, and who does it",
            trigger: ".modal .o_data_row:contains('Recuperar') td[name=due_count]:contains('2')",
        },
        {trigger: ".modal .o_data_row td[name=responsible]:contains('Lucía: 1')"},
        {trigger: ".modal .o_field_widget[name=activity_count]:contains('4')"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: `${field("done_count")}:contains('2')`},
        {trigger: ".o_form_view .o_data_row:contains('Ferretería Gómez')"},
        {trigger: "button[name=action_open_activities]", run: "click"},
        {trigger: ".o_list_view .o_data_row:contains('Visitar')"},
        back,
        {trigger: `${field("done_count")}:contains('2')`},
        back,
        {content: "a second time finds nothing to do", trigger: `${field("plan_id")}`},
        {trigger: "button[name=action_apply_treatment]", run: "click"},
        {trigger: ".modal td[name=known_count]:contains('2')"},
        {trigger: ".modal footer:not(:has(button[name=action_apply]))"},
        {trigger: ".modal footer .btn[special=cancel], .modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});

/** A salesperson applies it to accounts that he chooses, and finds it on the account. */
registry.category("web_tour.tours").add("cartera_treatment_salesperson", {
    url: "/odoo/cartera",
    steps: () => [
        {trigger: ".o_switch_view.o_list", run: "click"},
        {trigger: `.o_data_row:contains('${ACCOUNT}') .o_list_record_selector input`, run: "check"},
        {trigger: ".o_control_panel button[name=action_apply_treatment]", run: "click"},
        {trigger: ".modal .o_data_row:contains('Ahora') td[name=due_count]:contains('1')"},
        {trigger: ".modal td[name=selected] input:checked"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: `${field("done_count")}:contains('1')`},
        back,
        {trigger: `.o_data_row:contains('${ACCOUNT}') td[name=name]`, run: "click"},
        {trigger: ".o_notebook .nav-link[name=treatments]", run: "click"},
        {trigger: ".o_field_widget[name=treatment_line_ids] .o_data_row:contains('Recuperar')"},
        {trigger: `${field("next_action_summary")}:contains('Llamar')`},
    ],
});
