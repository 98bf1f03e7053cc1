import {registry} from "@web/core/registry";

/** What the screens say, by language: the tours also prove that the words are translated. */
const WORDS = {
    en: {prospect: "Prospect", lead: "Lead", client: "Client", invoice: "Invoice"},
    es: {prospect: "Prospecto", lead: "Lead", client: "Cliente", invoice: "Factura"},
};
const ACCOUNT = "Ferretería Tour";
const card = `.o_kanban_record:contains('${ACCOUNT}')`;
/** The whole word: "Prospect" is not "Prospecto". */
const badge = (word) => `.o_form_view .o_field_badge[name=lifecycle]:contains(/^${word}$/)`;

/** A salesperson creates a prospect, makes it a lead by hand, schedules the next action. */
const createProspect = (words) => [
    {trigger: ".o_kanban_view .o_kanban_group"},
    {trigger: ".o-kanban-button-new", run: "click"},
    {
        trigger: ".o_kanban_quick_create .o_field_widget[name=name] input",
        run: `edit ${ACCOUNT}`,
    },
    {trigger: ".o_kanban_quick_create .o_field_widget[name=potential] input", run: "edit 12000"},
    {trigger: ".o_kanban_quick_create .o_kanban_add", run: "click"},
    {trigger: `.o_kanban_group:first ${card}:contains('${words.prospect}')`},
    {trigger: ".o_kanban_quick_create .o_kanban_cancel", run: "click"},
    {trigger: `${card}`, run: "click"},
    {trigger: badge(words.prospect)},
    {trigger: "button[name=action_set_lifecycle]", run: "click"},
    {trigger: ".modal .o_field_widget[name=reason] input", run: "edit Pidió precios en la feria"},
    {trigger: ".modal button[name=action_apply]", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: badge(words.lead)},
    {trigger: "button[name=action_schedule]", run: "click"},
    {trigger: ".modal .o_field_widget[name=summary] input", run: "edit Llevar el catálogo"},
    {trigger: ".modal button[name=action_schedule_activities]", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: badge(words.lead)},
];

/** He sees the next action on the card, and opens an opportunity for the account. */
const openOpportunity = () => [
    {trigger: `${card}:contains('Llevar el catálogo')`, run: "click"},
    {trigger: ".o_form_view .o_field_widget[name=next_action_summary]:contains('Llevar')"},
    {trigger: "button[name=action_new_opportunity]", run: "click"},
    {trigger: ".o_form_view .o_field_widget[name=expected_revenue]"},
    {
        trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
        run: "edit Primer pedido",
    },
    {trigger: ".o_form_view .o_field_widget[name=partner_id] input:value('Ferretería Tour')"},
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
];

/** After the first invoice the account stands under clients, with its history. */
const seeClient = (words) => [
    {trigger: `${card}:contains('${words.client}')`},
    {trigger: ".o_searchview_dropdown_toggler", run: "click"},
    {trigger: ".o_filter_menu .dropdown-item:contains('" + words.client + "')", run: "click"},
    {trigger: `${card}`, run: "click"},
    {trigger: badge(words.client)},
    {trigger: ".o_notebook .nav-link[name=history]", run: "click"},
    {
        trigger: `.o_field_widget[name=transition_ids] .o_data_row:contains('${words.invoice}')`,
    },
    {trigger: ".o_field_widget[name=transition_ids] .o_data_row:contains('feria')"},
    {trigger: "button[name=action_open_history]", run: "click"},
    {trigger: `.o_kanban_view .o_kanban_record:contains('${words.client}')`},
];

for (const [lang, words] of Object.entries(WORDS)) {
    const add = (name, steps) =>
        registry
            .category("web_tour.tours")
            .add(`cartera_${name}_${lang}`, {url: "/odoo/cartera", steps: () => steps(words)});
    add("create_prospect", createProspect);
    add("open_opportunity", openOpportunity);
    add("see_client", seeClient);
}

const view = (type) => ({trigger: `.o_switch_view.o_${type}`, run: "click"});
registry.category("web_tour.tours").add("cartera_views", {
    url: "/odoo/cartera",
    steps: () => [
        {trigger: `.o_kanban_group ${card}`},
        {trigger: ".o_column_progress"},
        {
            content: "the activity button schedules on the contact",
            trigger: `${card} .o-mail-ActivityButton`,
            run: "click",
        },
        {trigger: ".o-mail-ActivityListPopover button:last", run: "click"},
        {trigger: ".modal .o_field_widget[name=summary] input", run: "edit Llamar mañana"},
        {trigger: ".modal button[name=action_schedule_activities]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        view("list"),
        {trigger: `.o_list_view .o_data_row:contains('${ACCOUNT}'):contains('Primera llamada')`},
        view("calendar"),
        {trigger: ".o_calendar_view .fc"},
        view("graph"),
        {trigger: ".o_graph_view canvas", run: "canvasNotEmpty"},
        view("pivot"),
        {trigger: ".o_pivot_view table"},
    ],
});

registry.category("web_tour.tours").add("cartera_drag", {
    url: "/odoo/cartera",
    steps: () => [
        {
            trigger: `.o_kanban_group:contains('Qualification') ${card}`,
            run: "drag_and_drop (.o_kanban_group:contains('Sale'))",
        },
        {trigger: `.o_kanban_group:contains('Sale') ${card}`},
    ],
});
