import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

import {Component} from "@odoo/owl";

import {formatCount} from "../screen/format";
import {RefreezeDialog} from "./refreeze_dialog";

/** Says when a period was closed and by whom, and which of its figures documents changed since. */
export class ClosedNote extends Component {
    static template = "crm_cartera.ClosedNote";
    static props = {
        cards: Array,
        frame: Object,
        /** Called when the period was closed again. */
        onClosed: Function,
    };

    setup() {
        this.dialog = useService("dialog");
    }

    get closed() {
        return this.props.cards.find(({state}) => state === "frozen");
    }

    /** Whether figures were filled in from documents, not closed in their time. */
    get isEstimated() {
        return !this.closed && this.props.cards.some(({state}) => state === "estimated");
    }

    get changed() {
        return this.props.cards.filter(({changed}) => changed);
    }

    get closedText() {
        const {frozen_label, frozen_by} = this.closed;
        return frozen_by
            ? _t("Closed on %(date)s by %(person)s.", {date: frozen_label, person: frozen_by})
            : _t("Closed on %s.", frozen_label);
    }

    get changedText() {
        const {changed} = this;
        return changed.length === 1
            ? _t("Documents changed since: %s would be another figure now.", changed[0].name)
            : _t(
                  "Documents changed since: %s indicators would be other figures now.",
                  formatCount(changed.length)
              );
    }

    closeAgain() {
        const {frame, onClosed} = this.props;
        this.dialog.add(RefreezeDialog, {cards: this.changed, frame, onClosed});
    }
}
