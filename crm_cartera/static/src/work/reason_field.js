import {onMounted} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {RadioField, radioField} from "@web/views/fields/radio/radio_field";

/** Choices that have the focus when their dialog opens: Odoo's form looks for a text to write into. */
export class WorkReasonField extends RadioField {
    setup() {
        super.setup();
        onMounted(async () => {
            await Promise.resolve();
            document.querySelector(`input[name="${this.id}"]`)?.focus();
        });
    }
}

registry.category("fields").add("cartera_work_reason", {
    ...radioField,
    component: WorkReasonField,
});
