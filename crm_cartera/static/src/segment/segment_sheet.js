import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component} from "@odoo/owl";

import {getAddressed, useAddress} from "../screen/address";
import {Choice} from "../screen/choice";
import {STATUS_COLORS} from "../screen/colors";
import {FigureCard} from "../screen/figure_card";
import {
    formatCount,
    formatMoney,
    formatNumber,
    formatShare,
    formatShortMoney,
} from "../screen/format";
import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {SegmentChoice} from "./segment_choice";

/** One segment: its figures, its accounts, who came and went, and what its best have in common. */
export class SegmentSheet extends Component {
    static template = "crm_cartera.SegmentSheet";
    static components = {Choice, FigureCard, ScreenFrame, SegmentChoice};
    static props = {...standardActionServiceProps};

    setup() {
        this.screen = useScreen("get_segment_sheet", {
            segment_id: getAddressed(this.props, "segment_id"),
            since: null,
            basis: "best",
        });
        useAddress(() => this.segment?.id);
        Object.assign(this, {formatCount, formatNumber, formatShare});
    }

    get data() {
        return this.screen.data;
    }

    get segment() {
        return this.data?.segment || undefined;
    }

    get isEmpty() {
        return !!this.data && !this.data.segment;
    }

    get bases() {
        return [
            {value: "best", label: _t("Class A")},
            {value: "all", label: _t("All its accounts")},
        ];
    }

    get months() {
        return this.data.months.map(({date, label}) => ({value: date, label}));
    }

    get directions() {
        const {entered, left} = this.data.flows;
        return [
            {name: "entered", label: _t("Came from"), flows: entered, icon: "fa-arrow-left"},
            {name: "left", label: _t("Went to"), flows: left, icon: "fa-arrow-right"},
        ].map((direction) => ({
            ...direction,
            total: direction.flows.reduce((sum, {accounts}) => sum + accounts, 0),
        }));
    }

    get statuses() {
        const total = this.data.statuses.reduce((sum, {accounts}) => sum + accounts, 0);
        const found = Object.fromEntries(this.data.statuses.map((status) => [status.code, status]));
        return Object.keys(STATUS_COLORS)
            .map((code) => ({
                ...found[code],
                color: STATUS_COLORS[code],
                share: total ? found[code].accounts / total : 0,
            }))
            .filter(({accounts}) => accounts);
    }

    get cards() {
        const {figures, whole, retained} = this.data;
        return [
            {
                name: "accounts",
                label: _t("Accounts"),
                value: formatCount(figures.accounts),
                help: _t("%s of all accounts", this.part(figures.accounts, whole.accounts)),
                onClick: figures.accounts ? () => this.open("all") : undefined,
            },
            {
                name: "revenue",
                label: _t("Revenue"),
                value: this.short(figures.revenue),
                help: _t("%(amount)s, %(share)s of the revenue of all", {
                    amount: this.money(figures.revenue),
                    share: this.part(figures.revenue, whole.revenue),
                }),
            },
            {
                name: "growth",
                label: _t("Growth"),
                value: this.signed(figures.growth),
                help: _t(
                    "Against the period before. All accounts: %s",
                    this.signed(whole.growth) || "–"
                ),
            },
            ...(this.data.may_see_margin
                ? [
                      {
                          name: "margin",
                          label: _t("Margin"),
                          value: this.short(figures.margin),
                          help: _t("%(amount)s, %(share)s of the margin of all", {
                              amount: this.money(figures.margin),
                              share: this.part(figures.margin, whole.margin),
                          }),
                      },
                  ]
                : []),
            {
                name: "retained",
                label: _t("Retained"),
                value: formatShare(retained, 0),
                help: _t("Of those that ever bought, the share that is neither inactive nor lost"),
            },
            {
                name: "affinity",
                label: _t("Linkage"),
                value: formatNumber(figures.affinity, 0),
                help: _t(
                    "Average of 0 to 100. All accounts: %s",
                    formatNumber(whole.affinity, 0) || "–"
                ),
            },
        ];
    }

    /** Who is a client already, and what the others could buy. */
    get market() {
        const {figures} = this.data;
        return [
            {
                name: "clients",
                label: _t("Clients"),
                value: formatCount(figures.clients),
                help: _t("Coverage: %s of its accounts are clients", formatShare(figures.coverage)),
                onClick: figures.clients ? () => this.open("client") : undefined,
            },
            {
                name: "prospects",
                label: _t("No clients yet"),
                value: formatCount(figures.prospects),
                onClick: figures.prospects ? () => this.open("prospect") : undefined,
            },
            {
                name: "open_potential",
                label: _t("Their potential"),
                value: this.short(figures.open_potential),
                help: _t("Purchase potential of those that are no clients yet, where it is known"),
            },
        ];
    }

    /** Width of a bar: a share next to the largest of its trait. */
    getBar(share, mark) {
        const highest = Math.max(
            ...mark.values.flatMap((value) => [value.some_share, value.all_share])
        );
        return `width: ${((100 * share) / highest).toFixed(1)}%`;
    }

    money(amount) {
        return formatMoney(amount, this.data.currency_id) || "–";
    }

    /** Like 12k €, for the cards; the exact amount is in their help. */
    short(amount) {
        return formatShortMoney(amount, this.data.currency_id) || "–";
    }

    signed(ratio) {
        const text = formatShare(ratio);
        return ratio > 0 ? `+${text}` : text || "–";
    }

    part(amount, whole) {
        return formatShare(whole ? (amount ?? 0) / whole : null) || "–";
    }

    choose(name, value) {
        return this.screen.choose(name, value);
    }

    get asked() {
        return {segment_id: this.segment.id};
    }

    open(what) {
        return this.screen.open("open_segment", {...this.asked, what});
    }

    openFlow(direction, {id}) {
        const {since} = this.data;
        const params = {...this.asked, direction, other_id: id, since};
        return this.screen.open("open_segment_flow", params);
    }

    openTrait({trait, value}) {
        const {basis} = this.screen.shown;
        return this.screen.open("open_segment_trait", {...this.asked, trait, value, basis});
    }

    openLookalikes() {
        return this.screen.action.doAction("crm_cartera.cartera_lookalike_action", {
            props: {resId: this.segment.id},
        });
    }
}

registry.category("actions").add("crm_cartera.segment_sheet", SegmentSheet);
