import {registry} from "@web/core/registry";

/** The rows of tests/test_tours_work.py; no step looks at words of the screen. */
const focus = (name) => `.o_data_row:has(td:focus) td[name=account_name]:contains('${name}')`;
const closed = {trigger: "body:not(:has(.modal))"};
const press = (trigger, keys) => ({trigger, run: `press ${keys}`});

const log = (name) => [
    press(focus(name), "l"),
    press(".modal button[name=action_save]", "alt+q"),
    closed,
];
const next = (name) => [
    press(focus(name), "n"),
    press(".modal .o_field_widget[name=activity_type_id]", "alt+q"),
    closed,
];
const skip = (name, reason) => [
    press(focus(name), "s"),
    {content: "ready for the arrows", trigger: ".modal input[data-value=later]:focus"},
    {trigger: `.modal .o_field_widget[name=reason] input[data-value=${reason}]`, run: "click"},
    press(`.modal .o_field_widget[name=reason] input[data-value=${reason}]:checked`, "alt+q"),
    closed,
];

registry.category("web_tour.tours").add("cartera_work_five_rows", {
    url: "/odoo/cartera-today",
    steps: () => [
        {trigger: ".o_data_row td[name=name]:contains('Llamar ya')"},
        ...log("Uno"),
        ...next("Dos"),
        ...skip("Tres", "absent"),
        ...log("Cuatro"),
        ...next("Pista cinco"),
        {content: "nothing is left", trigger: ".o_view_nocontent_smiling_face"},
    ],
});

const on = (name, code) => ({
    trigger: `.o_kanban_record:contains('${name}') button[name=work_${code}]`,
    run: "click",
});
const save = (button) => [{trigger: `.modal ${button}`, run: "click"}, closed];
const logCard = (name) => [on(name, "log"), ...save("button[name=action_save]")];
const nextCard = (name) => [
    on(name, "next"),
    {trigger: ".modal .o_field_widget[name=activity_type_id]"},
    ...save(".modal-footer .btn-primary"),
];
const skipCard = (name, reason) => [
    on(name, "skip"),
    {trigger: `.modal .o_field_widget[name=reason] input[data-value=${reason}]`, run: "click"},
    {trigger: `.modal .o_field_widget[name=reason] input[data-value=${reason}]:checked`},
    ...save(".modal-footer .btn-primary"),
];

registry.category("web_tour.tours").add("cartera_work_five_cards", {
    url: "/odoo/cartera-today",
    steps: () => [
        {
            content: "nothing is wider than the screen",
            trigger: ".o_kanban_record:contains('Llamar ya')",
            run() {
                const {scrollWidth} = document.documentElement;
                if (scrollWidth > window.innerWidth) {
                    throw new Error(`the page is ${scrollWidth} wide`);
                }
            },
        },
        ...logCard("Uno"),
        ...nextCard("Dos"),
        ...skipCard("Tres", "absent"),
        ...logCard("Cuatro"),
        ...nextCard("Pista cinco"),
        {content: "nothing is left", trigger: ".o_view_nocontent_smiling_face"},
    ],
});
