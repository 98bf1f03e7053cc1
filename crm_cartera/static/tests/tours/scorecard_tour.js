import {registry} from "@web/core/registry";

const card = (code) => `.o_cartera_indicator[data-indicator=tour_${code}]`;
const light = (code, colour) => `${card(code)} .o_cartera_light[data-light=${colour}]`;
const back = {trigger: ".o_back_button, .o_breadcrumb .breadcrumb-item a", run: "click"};
const row = (name) =>
    `.o_list_view .o_data_row:contains('${name}'), .o_kanban_record:contains('${name}')`;
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
/** The list of the periods: as good as a link, the address names what is chosen. */
const addressed = (pattern) => ({
    content: `the address says ${pattern}`,
    trigger: ".o_cartera_screen",
    run() {
        if (!pattern.test(window.location.href)) {
            throw new Error(window.location.href);
        }
    },
});
const absent = (selector) => ({trigger: `body:not(:has(${selector}))`});

const add = (name, steps) => registry.category("web_tour.tours").add(name, {steps: () => steps});

add("cartera_scorecard_before_es", [
    {trigger: `${light("net_revenue", "red")}:contains('Lejos del objetivo')`},
    {trigger: `${card("net_revenue")} .o_cartera_indicator_value:contains('300')`},
    fits,
]);

add("cartera_scorecard_post_es", [
    {content: "an invoice is posted", trigger: "button[name=action_post]", run: "click"},
    {
        trigger:
            ".o_statusbar_status [data-value=posted][aria-checked=true], .o_arrow_button_current[data-value=posted]",
    },
]);

add("cartera_scorecard_after_es", [
    {trigger: `${light("net_revenue", "green")}:contains('En objetivo')`},
    {trigger: ".o_cartera_light_count[data-light=green]:contains('1')"},
    {trigger: card("net_revenue"), run: "click"},
    {trigger: ".o_cartera_story_head[data-indicator=tour_net_revenue]"},
    fits,
    addressed(/cartera-scorecard\/cartera-indicator\?.*indicator=\d+/),
    {trigger: "[name=split] button:contains('Por vendedor')", run: "click"},
    {trigger: ".o_cartera_split tbody tr:contains('Lucía')"},
    {trigger: "[data-list=best] li:contains('Ferretería Uno')"},
    {trigger: ".o_cartera_open_records", run: "click"},
    {trigger: row("Ferretería Dos")},
    {
        trigger: ".o_data_row:contains('Ferretería Uno') td[name=name]",
        run: "click",
    },
    {
        content: "the invoice itself",
        trigger: ".o_form_view [name=partner_id]:contains('Ferretería Uno')",
    },
]);

add("cartera_scorecard_salesperson_es", [
    {
        content: "his own",
        trigger: `${card("net_revenue")} .o_cartera_indicator_value:contains('100')`,
    },
    fits,
    {
        trigger: ".o_cartera_choice[name=scope] button:contains('Toda la compañía')",
        run: "click",
    },
    {
        content: "published",
        trigger: `${card("net_revenue")} .o_cartera_indicator_value:contains('300')`,
    },
    {content: "not published", trigger: `body:not(:has(${card("new_clients")}))`},
    {trigger: card("net_revenue"), run: "click"},
    {trigger: ".o_cartera_story_head[data-indicator=tour_net_revenue]"},
    absent("[data-list] li:contains('Ferretería Uno')"),
    back,
    {trigger: card("net_revenue")},
]);

add("cartera_scorecard_link_es", [
    {trigger: `${card("net_revenue")} .o_cartera_indicator_value:contains('100')`},
    {trigger: "[name=kind] button[data-value=year][aria-pressed=true]"},
    {trigger: "select[name=scope]:has(option:checked:contains('Lucía'))"},
]);
