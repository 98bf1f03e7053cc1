import {Component, useEffect} from "@odoo/owl";

import {ErrorBox} from "../screen/error_box";
import {IndicatorCard} from "./card";
import {usePart} from "../screen/part";

const ICONS = {
    financial: "fa-money",
    customer: "fa-users",
    internal: "fa-cogs",
    learning: "fa-graduation-cap",
};

/** The indicators of one perspective, read on their own: a slow one holds no other up. */
export class Perspective extends Component {
    static template = "crm_cartera.Perspective";
    static components = {ErrorBox, IndicatorCard};
    static props = {
        /** {code, name, indicators: how many there are} */
        perspective: Object,
        /** What the server says of period, scope and currency; a new one has the cards read anew. */
        frame: Object,
        /** The light to which the cards are narrowed down, if to one. */
        light: {type: [String, {value: null}]},
        /** Called with code and cards when they are there, with null when they are not. */
        onRead: Function,
        onOpen: Function,
    };

    setup() {
        this.part = usePart("get_scorecard_cards", ({frame, perspective}) => ({
            perspective: perspective.code,
            period: frame.period.key,
            scope: frame.scope,
        }));
        useEffect(
            (cards) => this.props.onRead(this.props.perspective.code, cards),
            () => [this.part.data]
        );
    }

    get icon() {
        return ICONS[this.props.perspective.code] ?? "fa-bar-chart";
    }

    get cards() {
        const {light} = this.props;
        return this.part.data.filter((card) => !light || card.light === light);
    }

    /** Places of cards that are on their way. */
    get places() {
        return [...Array(Math.max(1, this.props.perspective.indicators)).keys()];
    }
}
