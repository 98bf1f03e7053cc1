import {Component} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {useWork, WORK_FIELDS} from "./work_actions";

/** What can be done with a row, for the mouse and the finger. */
export class WorkButtons extends Component {
    static template = "crm_cartera.WorkButtons";
    static props = {...standardWidgetProps};

    setup() {
        // The list goes on to its next row by itself.
        this.work = this.env.work || useWork((record) => record.model.load());
        this.buttons = [
            {code: "log", icon: "fa-check", title: _t("Log what was done (L)")},
            {code: "next", icon: "fa-clock-o", title: _t("Schedule the next step (N)")},
            {code: "open", icon: "fa-external-link", title: _t("Open (O)")},
            {code: "skip", icon: "fa-moon-o", title: _t("Skip, with a reason (S)")},
        ];
    }
}

registry.category("view_widgets").add("cartera_work_buttons", {
    component: WorkButtons,
    fieldDependencies: WORK_FIELDS,
});
