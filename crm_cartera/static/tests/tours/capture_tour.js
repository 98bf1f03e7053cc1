import {registry} from "@web/core/registry";

/** A salesperson logs a visit from the account, then completes it with the next action. */
registry.category("web_tour.tours").add("cartera_capture", {
    steps: () => [
        {
            trigger: ".o_form_view button[name='action_capture']",
            run: "click",
        },
        {
            content: "The first kind is chosen, another is a click away",
            trigger: ".modal .o_field_widget[name='kind_id'] button[aria-checked='true']",
        },
        {
            content:
                "The choice has the focus: the arrow keys change it, from the first to the last",
            trigger: ".modal .o_field_widget[name='kind_id'] button:focus",
            run: "press ArrowLeft",
        },
        {
            trigger:
                ".modal .o_field_widget[name='kind_id'] button[aria-checked='true'] .fa-exclamation-triangle",
        },
        {
            content: "An open incident proposes tomorrow; another day is a click away",
            trigger:
                ".modal .o_field_widget[name='next_in'] button[data-id='1'][aria-checked='true']",
        },
        {
            trigger: ".modal .o_field_widget[name='next_in'] button[data-id='7']",
            run: "click",
        },
        {
            content: "An incident asks for the problem and proposes the next action",
            trigger: ".modal .o_field_widget[name='problem'] textarea",
            run: "edit Llegó roto",
        },
        {
            trigger: ".modal .o_field_widget[name='outcome_id'] button:first",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='ask_phone'] input",
            run: "edit 612 345 678",
        },
        {
            trigger: ".modal .o_field_widget[name='notes'] textarea",
            run: "edit Se lo cambiamos",
        },
        {
            trigger: ".modal footer button[name='action_save']:enabled",
            run: "click",
        },
        {
            content: "The dialog is closed and the account shows what was learned",
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_field_widget[name='phone'] input:value('612 345 678')",
        },
    ],
});
