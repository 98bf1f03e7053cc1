import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, useState} from "@odoo/owl";

import {ScreenFrame} from "../screen/screen";
import {useScreen} from "../screen/screen_hook";
import {readAddress, useScorecardAddress} from "./address";
import {ClosedNote} from "./closed_note";
import {PeriodChoice} from "./period_choice";
import {Perspective} from "./perspective";
import {LIGHTS, getLightName} from "./words";

const ARROWS = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1};

/** Where the portfolio stands against its targets, from four sides. */
export class Scorecard extends Component {
    static template = "crm_cartera.Scorecard";
    static components = {ClosedNote, PeriodChoice, Perspective, ScreenFrame};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        const {kind, period, scope} = readAddress(this.props.action);
        this.screen = useScreen(
            "get_scorecard",
            {kind, period, scope, user_id: undefined},
            {light: null}
        );
        /** Cards by perspective; null for those that are not there. */
        this.read = useState({});
        useScorecardAddress(() => this.data);
    }

    get data() {
        return this.screen.data;
    }

    get isEmpty() {
        return !!this.data && !this.data.perspectives.some(({indicators}) => indicators);
    }

    get perspectives() {
        return this.data.perspectives.filter(({indicators}) => indicators);
    }

    /** All cards that are there. */
    get cards() {
        return this.perspectives.flatMap(({code}) => this.read[code] ?? []);
    }

    get isComplete() {
        return this.perspectives.every(({code}) => this.read[code]);
    }

    get lights() {
        const {light: chosen} = this.screen.view;
        return Object.entries(LIGHTS).map(([light, {icon}]) => ({
            light,
            icon,
            label: getLightName(light),
            count: this.cards.filter((card) => card.light === light).length,
            isChosen: light === chosen,
        }));
    }

    get scopeName() {
        const {scope, scopes} = this.data;
        return scopes.find(({key}) => key === scope)?.label ?? "";
    }

    /** What the printed page is called. */
    get title() {
        return _t("Scorecard: %s", this.data.period.label);
    }

    onRead(code, cards) {
        this.read[code] = cards;
    }

    choose(choices) {
        Object.assign(this.screen.choices, choices);
        return this.screen.load();
    }

    /** Narrow the cards down to one light, or show all again. */
    narrow(light) {
        const {view} = this.screen;
        view.light = view.light === light ? null : light;
    }

    openStory(card) {
        const {period, scope} = this.data;
        return this.action.doAction("crm_cartera.cartera_story_action", {
            additionalContext: {
                cartera_indicator: card.id,
                cartera_kind: period.kind,
                cartera_period: period.key,
                cartera_scope: scope,
            },
        });
    }

    print() {
        browser.print();
    }

    async export() {
        const {company_id, period, scope} = this.data;
        await download({
            url: "/cartera/scorecard/xlsx",
            data: {company_id, period: period.key, scope},
        });
    }

    /** The arrows go from card to card, as they are laid out one after another. */
    onKeydown(ev) {
        const card = ev.target.closest("button.o_cartera_indicator");
        if (!card || !ARROWS[ev.key]) {
            return;
        }
        ev.preventDefault();
        const cards = [...ev.currentTarget.querySelectorAll("button.o_cartera_indicator")];
        cards[cards.indexOf(card) + ARROWS[ev.key]]?.focus();
    }

    get emptyText() {
        return _t(
            "No indicator is in use: a sales manager chooses them in Configuration, Indicators."
        );
    }
}

registry.category("actions").add("crm_cartera.scorecard", Scorecard);
