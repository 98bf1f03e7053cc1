import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {getAddressed, useAddress} from "../screen/address";
import {Choice} from "../screen/choice";
import {FigureCard} from "../screen/figure_card";
import {formatCount, formatMoney, formatNumber, formatShare} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {SegmentChoice} from "./segment_choice";

/** Accounts that never bought, by their likeness to the best clients, and why. */
export class Lookalike extends Component {
    static template = "crm_cartera.Lookalike";
    static components = {Choice, FigureCard, ScreenFrame, SegmentChoice};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_lookalikes", {
            segment_id: getAddressed(this.props, "segment_id"),
            lifecycle: null,
        });
        useAddress(() => (this.data ? (this.asked.segment_id ?? false) : undefined));
        Object.assign(this, {formatCount, formatNumber, formatShare});
        this.classA = _t("Class A");
    }

    get data() {
        return this.screen.data;
    }

    get isEmpty() {
        return !!this.data && !this.data.clients;
    }

    get lifecycles() {
        return [
            {value: null, label: _t("Prospects and leads")},
            {value: "prospect", label: _t("Prospects")},
            {value: "lead", label: _t("Leads")},
        ];
    }

    get cards() {
        const {best, clients, count, segment} = this.data;
        return [
            {
                name: "best",
                label: segment ? _t("Clients in %s", segment.name) : _t("Clients of class A"),
                value: formatCount(best),
                help: _t("The best clients, which the others are compared with"),
                onClick: best ? () => this.screen.open("open_best_clients", this.asked) : undefined,
            },
            {
                name: "clients",
                label: _t("Clients"),
                value: formatCount(clients),
                help: _t("All clients: what the best have more often than these counts"),
            },
            {
                name: "count",
                label: _t("Like them"),
                value: formatCount(count),
                help: _t("Accounts that never bought and have something in common with the best"),
                onClick: count ? () => this.openAll() : undefined,
            },
        ];
    }

    /** Why nobody is like them. */
    get nobody() {
        const {best, marks} = this.data;
        if (!best) {
            return _t("There are no such clients to compare with.");
        }
        if (!marks.length) {
            return _t(
                "Nothing distinguishes these clients from all: enter country, industry and interests on more accounts."
            );
        }
        return _t("Nobody who never bought has any of this.");
    }

    get asked() {
        return {segment_id: this.data.segment ? this.data.segment.id : null};
    }

    get more() {
        const hidden = this.data.count - this.data.rows.length;
        return hidden > 0 ? _t("and %s more", formatCount(hidden)) : "";
    }

    describe({label, some_share, all_share, lift}) {
        return _t("%(trait)s: %(best)s of the best clients, %(all)s of all clients (x %(lift)s)", {
            trait: label,
            best: formatShare(some_share, 0),
            all: formatShare(all_share, 0),
            lift: formatNumber(lift, 1),
        });
    }

    money(amount) {
        return formatMoney(amount, this.data.currency_id);
    }

    getLifecycle(code) {
        return code === "lead" ? _t("Lead") : _t("Prospect");
    }

    openAll() {
        const {lifecycle} = this.screen.shown;
        return this.screen.open("open_lookalikes", {...this.asked, lifecycle});
    }
}

registry.category("actions").add("crm_cartera.lookalike", Lookalike);
