import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus, useService} from "@web/core/utils/hooks";

import {Component, useState} from "@odoo/owl";

import {getMessage} from "../screen/screen_hook";
import {formatFigure} from "./words";

/** Closes a period again, with the figures of today, for a reason that is logged. */
export class RefreezeDialog extends Component {
    static template = "crm_cartera.RefreezeDialog";
    static components = {Dialog};
    static props = {close: Function, cards: Array, frame: Object, onClosed: Function};

    setup() {
        this.orm = useService("orm");
        this.state = useState({reason: "", busy: false, error: ""});
        useAutofocus();
    }

    format(value, {unit}) {
        return formatFigure(value, unit, this.props.frame.currency_id) || "–";
    }

    async confirm() {
        const {cards, onClosed, close} = this.props;
        Object.assign(this.state, {busy: true, error: ""});
        try {
            for (const period of new Set(cards.map((card) => card.period))) {
                await this.orm.call("cartera.screen", "refreeze_scorecard", [], {
                    indicator_ids: cards.filter((card) => card.period === period).map(({id}) => id),
                    period,
                    reason: this.state.reason.trim(),
                });
            }
        } catch (error) {
            Object.assign(this.state, {busy: false, error: getMessage(error)});
            return;
        }
        close();
        onClosed();
    }
}
