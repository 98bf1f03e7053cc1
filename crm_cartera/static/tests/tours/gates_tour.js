import {registry} from "@web/core/registry";

const card = ".o_kanban_record:contains('Ferretería Puertas')";
const column = (name) => `.o_kanban_group:has(.o_column_title:contains('${name}'))`;
const share = (percent) =>
    `.o_form_view .o_field_widget[name=completeness] .o_cartera_share:contains(/^${percent}\\s?%$/)`;

/** A stage that warns lets the account in and says what is missing; a closed one sends it back. */
registry.category("web_tour.tours").add("cartera_gates", {
    url: "/odoo/cartera",
    steps: () => [
        {
            trigger: `${column("Inicio")} ${card}`,
            run: `drag_and_drop (${column("Avisa")})`,
        },
        {trigger: ".o_notification:contains('Ferretería Puertas'):contains('Avisa')"},
        {
            trigger: `${column("Avisa")} ${card}`,
            run: `drag_and_drop (${column("Cerrada")})`,
        },
        {trigger: ".modal .modal-body:contains('Ferretería Puertas'):contains('Cerrada')"},
        {trigger: ".modal .modal-footer button", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: `${column("Avisa")} ${card}`, run: "click"},
        {trigger: share(0)},
        {trigger: ".o_notebook .nav-link[name=account_page]", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name=email] input", run: "edit a@example.com"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {trigger: share(50)},
        {trigger: ".o_form_view .o_field_widget[name=city] input", run: "edit Vigo"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_view:not(:has(.o_field_widget[name=completeness]))"},
        {
            trigger:
                ".o_statusbar_status button:contains('Cerrada'):not(.o_arrow_button_current):visible",
            run: "click",
        },
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains('Cerrada')"},
        {trigger: ".o_form_saved"},
    ],
});
