import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {usePopover} from "@web/core/popover/popover_hook";
import {registry} from "@web/core/registry";
import {Tooltip} from "@web/core/tooltip/tooltip";
import {OPEN_DELAY} from "@web/core/tooltip/tooltip_service";
import {uniqueId} from "@web/core/utils/functions";
import {useService} from "@web/core/utils/hooks";
import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";

import {onWillUnmount, useState} from "@odoo/owl";

/**
 * A badge that says why, as its tooltip: the text of another field. A mouse that stays on it asks, so
 * does a key that comes to it, or a finger; those who hear the screen are told.
 *
 * It is read when somebody asks: words for a whole page of accounts would cost half of the page.
 */
export class ReasonBadge extends BadgeField {
    static template = "crm_cartera.ReasonBadge";
    static props = {
        ...BadgeField.props,
        reasonField: {type: String},
    };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.tooltip = usePopover(Tooltip);
        this.id = uniqueId("o_cartera_reason_");
        this.state = useState({reason: ""});
        onWillUnmount(() => this.stop());
    }

    /** A score of 0 is one, none is not. */
    get isShown() {
        const value = this.props.record.data[this.props.name];
        return Boolean(value) || value === 0;
    }

    onClick(ev) {
        // A finger asks with its tap, which would open the account.
        if (ev.pointerType === "touch") {
            ev.stopPropagation();
            this.ask(ev.currentTarget);
        }
    }

    onEnter(ev) {
        this.ask(ev.currentTarget, OPEN_DELAY);
    }

    onLeave() {
        this.stop();
        this.state.reason = "";
    }

    ask(target, delay = 0) {
        if (!this.tooltip.isOpen) {
            this.stop();
            const timer = browser.setTimeout(() => this.show(target, timer), delay);
            this.timer = timer;
        }
    }

    stop() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.tooltip.close();
    }

    async show(target, timer) {
        const reason = await this.readReason();
        if (reason && timer === this.timer && target.isConnected) {
            this.state.reason = reason;
            this.tooltip.open(target, {tooltip: reason});
        }
    }

    /** @returns {Promise<String>} nothing for an account that is not saved, or gone meanwhile */
    async readReason() {
        const {reasonField, record} = this.props;
        if (!Number.isInteger(record.resId)) {
            return "";
        }
        const records = await this.orm.silent.searchRead(
            record.resModel,
            [["id", "=", record.resId]],
            [reasonField],
            {context: {...record.context, active_test: false}}
        );
        return records.length ? records[0][reasonField] || "" : "";
    }
}

registry.category("fields").add("cartera_reason_badge", {
    ...badgeField,
    component: ReasonBadge,
    displayName: _t("Badge with its reason"),
    // Odoo's own badge does not take numbers; a score is one.
    supportedTypes: [...badgeField.supportedTypes, "integer"],
    // The styles of Odoo's own badge; the words for the ear stay where it is, or the page would grow.
    additionalClasses: ["o_field_badge", "position-relative"],
    extractProps: (info) => ({
        ...badgeField.extractProps(info),
        reasonField: info.options.reason_field,
    }),
});
