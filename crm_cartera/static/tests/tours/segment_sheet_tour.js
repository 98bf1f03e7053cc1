import {registry} from "@web/core/registry";

const account = (name) =>
    `.o_list_view .o_data_row:contains('${name}'), .o_kanban_record:contains('${name}')`;
const back = {trigger: ".o_back_button, .o_breadcrumb .breadcrumb-item a", run: "click"};

/** The page itself never scrolls sideways: what is wide scrolls inside. */
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

const add = (name, url, steps) =>
    registry.category("web_tour.tours").add(name, {url: `/odoo/${url}`, steps: () => steps});

add("cartera_segment_sheet_es", "cartera-segment-sheet", [
    {trigger: ".o_cartera_segment_name:contains('Grandes')"},
    {content: "what to do with them", trigger: ".o_cartera_treatment:contains('Visitar')"},
    {content: "as Spanish writes it", trigger: "[name=growth]:contains('+25%')"},
    fits,
    {
        content: "the address names the segment",
        trigger: ".o_cartera_segment_name",
        run() {
            if (!/cartera-segment-sheet\/\d+/.test(window.location.pathname)) {
                throw new Error(window.location.pathname);
            }
        },
    },
    {trigger: "[data-direction=entered] button:contains('Pequeñas')", run: "click"},
    {trigger: account("Buena 0")},
    {trigger: `body:not(:has(${account("Buena 1")}))`},
    back,
    {trigger: "button[name=accounts]", run: "click"},
    {trigger: account("Buena 3")},
    back,
    {content: "what they have in common", trigger: ".o_cartera_mark:contains('España')"},
    {trigger: ".o_cartera_mark button", run: "click"},
    {trigger: account("Buena 2")},
    back,
    {trigger: "select[name=segment]", run: "selectByLabel Pequeñas"},
    {trigger: ".o_cartera_segment_name:contains('Pequeñas')"},
    {trigger: ".o_cartera_find", run: "click"},
    {trigger: ".o_cartera_lookalike [name=best]:contains('6')"},
]);

add("cartera_lookalikes_es", "cartera-lookalikes", [
    {trigger: ".o_cartera_likes tr:contains('Gemela'):contains('España')"},
    fits,
    {trigger: ".o_cartera_open_likes", run: "click"},
    {trigger: account("Gemela")},
    back,
    {trigger: "[name=best]", run: "click"},
    {trigger: account("Buena 0")},
]);

add("cartera_market_es", "cartera-market", [
    {trigger: ".o_cartera_segments tr:contains('Pequeñas'):contains('86%')"},
    fits,
    {trigger: "tr:contains('Pequeñas') button[name=prospect]", run: "click"},
    {trigger: account("Gemela")},
    back,
    {trigger: "tr th button:contains('Grandes')", run: "click"},
    {trigger: ".o_cartera_segment_name:contains('Grandes')"},
]);
