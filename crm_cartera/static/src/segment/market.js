import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {getAddressed, useAddress} from "../screen/address";
import {Choice} from "../screen/choice";
import {FigureCard} from "../screen/figure_card";
import {formatCount, formatMoney, formatShare, formatShortMoney} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";

/** Segment by segment: who is a client already, and what the others could buy. */
export class Market extends Component {
    static template = "crm_cartera.Market";
    static components = {Choice, FigureCard, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_market", {
            dimension_id: getAddressed(this.props, "dimension_id"),
        });
        useAddress(() => this.data?.dimension);
        Object.assign(this, {formatCount, formatShare});
    }

    get data() {
        return this.screen.data;
    }

    get isEmpty() {
        return !!this.data && !(this.data.total.accounts && this.data.rows.length);
    }

    get dimensions() {
        const {dimensions} = this.screen.known;
        return dimensions.map(({id, name}) => ({value: id, label: name}));
    }

    get cards() {
        const {total} = this.data;
        return [
            {
                name: "coverage",
                label: _t("Coverage"),
                value: formatShare(total.coverage, 0),
                help: _t("Clients among all accounts of the portfolio"),
            },
            {
                name: "clients",
                label: _t("Clients"),
                value: formatCount(total.clients),
                onClick: total.clients ? () => this.openTotal("client") : undefined,
            },
            {
                name: "prospects",
                label: _t("No clients yet"),
                value: formatCount(total.prospects),
                onClick: total.prospects ? () => this.openTotal("prospect") : undefined,
            },
            {
                name: "potential",
                label: _t("Their potential"),
                value: formatShortMoney(total.potential, this.data.currency_id) || "–",
                help: this.describeKnown(total),
            },
        ];
    }

    describeKnown({prospects, prospects_known}) {
        return _t("Known of %(known)s of the %(all)s that are no clients yet", {
            known: formatCount(prospects_known),
            all: formatCount(prospects),
        });
    }

    money(amount) {
        return formatMoney(amount, this.data.currency_id);
    }

    open(row, what) {
        return this.screen.open("open_market", {
            dimension_id: this.data.dimension,
            segment_id: row.id || null,
            what,
        });
    }

    openTotal(what) {
        return this.screen.open("open_portfolio", {what});
    }

    openSheet(row) {
        return this.screen.action.doAction("crm_cartera.cartera_sheet_action", {
            props: {resId: row.id},
        });
    }
}

registry.category("actions").add("crm_cartera.market", Market);
