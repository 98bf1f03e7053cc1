import {registry} from "@web/core/registry";

const back = {trigger: ".o_back_button, .o_breadcrumb .breadcrumb-item a", run: "click"};

/** The page itself never scrolls sideways: what is wide scrolls inside. */
const fits = {
    content: "nothing is wider than the page",
    trigger: ".o_cartera_account_sheet .o_content",
    run({anchor}) {
        const {scrollWidth} = document.documentElement;
        if (scrollWidth > window.innerWidth || anchor.scrollWidth > anchor.clientWidth) {
            throw new Error(`the page is ${scrollWidth} wide, the screen ${anchor.scrollWidth}`);
        }
    },
};

registry.category("web_tour.tours").add("cartera_account_sheet", {
    steps: () => [
        {trigger: ".o_cartera_account_name:contains('Gómez')"},
        fits,
        {trigger: "[data-block=contacts] .o_cartera_role"},
        {
            content: "the address names the account",
            trigger: ".o_cartera_account_name",
            run() {
                if (!/cartera-account\/\d+/.test(window.location.pathname)) {
                    throw new Error(window.location.pathname);
                }
            },
        },
        {
            content: "by keyboard to what it does not buy any more",
            trigger: "[data-list=stopped] button",
            run({anchor}) {
                anchor.focus();
                if (document.activeElement !== anchor) {
                    throw new Error("the keyboard does not reach it");
                }
                anchor.click();
            },
        },
        {trigger: ".o_list_view .o_data_row, .o_kanban_record:not(.o_kanban_ghost)"},
        back,
        {trigger: "[data-alert=overdue] button", run: "click"},
        {trigger: ".o_list_view .o_data_row, .o_kanban_record:not(.o_kanban_ghost)"},
        back,
        {trigger: ".o_cartera_timeline .btn[data-kind=invoice]", run: "click"},
        {trigger: ".o_cartera_entry[data-kind=invoice]"},
        {trigger: "[data-block=contacts] li button:contains('Ana')", run: "click"},
        {content: "her role is on the contact", trigger: "[name=cartera_role_ids] .o_tag"},
    ],
});
