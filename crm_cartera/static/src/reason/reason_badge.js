import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";

/** A badge that says why, as its tooltip: the text of another field. */
export class ReasonBadge extends BadgeField {
    static template = "crm_cartera.ReasonBadge";
    static props = {
        ...BadgeField.props,
        reasonField: {type: String},
    };

    get reason() {
        return this.props.record.data[this.props.reasonField] || undefined;
    }
}

registry.category("fields").add("cartera_reason_badge", {
    ...badgeField,
    component: ReasonBadge,
    displayName: _t("Badge with its reason"),
    // The styles of Odoo's own badge.
    additionalClasses: ["o_field_badge"],
    fieldDependencies: ({options}) => [{name: options.reason_field, type: "text", readonly: true}],
    extractProps: (info) => ({
        ...badgeField.extractProps(info),
        reasonField: info.options.reason_field,
    }),
});
