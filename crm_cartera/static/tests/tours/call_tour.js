import {registry} from "@web/core/registry";

/** Steps name things by what they are, not by their words: they serve in every language. */
const find = (typed, name) => [
    // A page that opens closes what is open.
    {trigger: ".o_kanban_renderer"},
    {trigger: ".o_cartera_find_account", run: "click"},
    {trigger: ".o_command_palette_search input", run: `edit ${typed}`},
    {trigger: `.o_cartera_found:contains('${name}')`, run: "click"},
    {trigger: `.o_cartera_account_sheet .o_cartera_account_name:contains('${name}')`},
];
const complaint = {
    content: "the complaint is in the timeline",
    trigger: ".o_cartera_entry[data-kind=activity] .o_cartera_entry_text:contains('Llegó roto')",
};

/** Nothing is wider than the screen of a telephone. */
const fits = {
    trigger: ".o_cartera_account_sheet",
    run() {
        const {scrollWidth} = document.documentElement;
        if (scrollWidth > window.innerWidth) {
            throw new Error(`the page is ${scrollWidth} wide`);
        }
    },
};

registry.category("web_tour.tours").add("cartera_call", {
    url: "/odoo/cartera",
    steps: () => [
        ...find("612-345-678", "Ferretería Gómez"),
        fits,
        {trigger: ".o_cartera_account_sheet button[name=action_capture]", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=kind_id] button:has(.fa-exclamation-triangle)",
            run: "click",
        },
        {trigger: ".modal .o_field_widget[name=problem] textarea", run: "edit Llegó roto"},
        {
            content: "a day to call back is proposed",
            trigger: ".modal .o_field_widget[name=next_summary] input",
            run: "edit Llamar a Ana",
        },
        {trigger: ".modal footer button[name=action_save]:enabled", run: "click"},
        complaint,
        {trigger: "body:not(:has(.modal)) .o_cartera_account_sheet"},
    ],
});

registry.category("web_tour.tours").add("cartera_call_manager", {
    url: "/odoo/cartera",
    steps: () => [
        ...find("gomez ferre", "Ferretería Gómez"),
        complaint,
        {
            content: "and what is to be done next",
            trigger:
                ".o_cartera_entry[data-kind=activity] .o_cartera_entry_text:contains('Llamar a Ana')",
        },
    ],
});
