import {registry} from "@web/core/registry";

/** The accounts and people of tests/test_tours_handover.py; found by name and class, in any language. */
const ACCOUNT = "Ferretería Gómez";
const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;

/** A manager hands an account over from the list, sees what moved, takes it back, looks at the team. */
registry.category("web_tour.tours").add("cartera_handover_manager", {
    url: "/odoo/cartera",
    steps: () => [
        {trigger: ".o_switch_view.o_list", run: "click"},
        {trigger: ".o_list_view .o_list_table"},
        {trigger: ".o_facet_remove", run: "click"},
        {trigger: ".o_searchview:not(:has(.o_facet_remove))"},
        {trigger: `.o_data_row:contains('${ACCOUNT}') .o_list_record_selector input`, run: "check"},
        {trigger: ".o_cp_action_menus .dropdown-toggle:has(.fa-cog)", run: "click"},
        {trigger: ".o-dropdown--menu .o_menu_item:contains(/Hand over|Traspasar/)", run: "click"},
        {trigger: ".modal .o_field_widget[name=account_count]:contains('1')"},
        {trigger: ".modal .o_field_widget[name=preview] td:contains('Ana')"},
        {trigger: ".modal .o_field_widget[name=to_user_ids] input", run: "edit Bea"},
        {trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains('Bea')", run: "click"},
        {trigger: ".modal .o_field_widget[name=to_user_ids] .o_tag"},
        {trigger: ".modal button[name=action_handover]", run: "click"},
        {trigger: `${field("account_count")}:contains('1')`},
        {trigger: `${field("lead_count")}:contains('1')`},
        {trigger: `.o_form_view .o_data_row:contains('${ACCOUNT}')`},
        {trigger: "button[name=action_undo]", run: "click"},
        {trigger: ".modal footer .btn-primary", run: "click"},
        {trigger: ".o_arrow_button_current[data-value=undone]"},
        {trigger: `${field("undone_count")}:contains('2')`},
    ],
});
