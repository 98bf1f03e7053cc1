import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";

import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

import {ErrorBox} from "../screen/error_box";
import {formatMoney} from "../screen/format";
import {getMessage} from "../screen/screen_hook";
import {formatDay} from "./dates";
import {blockProps} from "./lines";

/** Entries that are read at a time. */
const PAGE = 15;

/** Everything that happened with the account, the latest first, page by page. */
export class Timeline extends Component {
    static template = "crm_cartera.SheetTimeline";
    static components = {ErrorBox};
    static props = {...blockProps};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({
            /** Of the chip that is pressed: main, all, or that of some kinds. */
            shown: "main",
            kinds: [],
            entries: [],
            next: false,
            loading: true,
            error: "",
        });
        onWillStart(() => {
            this.load();
        });
        onWillUpdateProps((props) => {
            // The sheet was read anew: something may have happened.
            if (props.data !== this.props.data) {
                this.load(props);
            }
        });
    }

    get icons() {
        return Object.fromEntries(this.props.block.kinds.map(({code, icon}) => [code, icon]));
    }

    /** The entries by day: [{date, title, future, entries}]. */
    get days() {
        const days = [];
        for (const entry of this.state.entries) {
            if (days.at(-1)?.date !== entry.date) {
                days.push({...entry, title: formatDay(entry.date), entries: []});
            }
            days.at(-1).entries.push(entry);
        }
        return days;
    }

    /** What is asked for: null for everything. */
    get asked() {
        const {kinds, shown} = this.state;
        if (shown === "all") {
            return null;
        }
        const main = this.props.block.kinds.filter((kind) => kind.main).map(({code}) => code);
        return shown === "main" ? main : [...kinds];
    }

    isChosen(code) {
        return this.state.shown === "kinds" && this.state.kinds.includes(code);
    }

    /** Show entries of one kind more, or less; the main ones if none is chosen. */
    toggle(code) {
        const {kinds} = this.state;
        const chosen = kinds.includes(code)
            ? kinds.filter((kind) => kind !== code)
            : [...kinds, code];
        Object.assign(this.state, {kinds: chosen, shown: chosen.length ? "kinds" : "main"});
        return this.load();
    }

    show(shown) {
        Object.assign(this.state, {kinds: [], shown});
        return this.load();
    }

    load(props = this.props) {
        return this.read(props, false);
    }

    loadMore() {
        return this.read(this.props, this.state.next);
    }

    async read(props, before) {
        const kinds = this.asked;
        Object.assign(this.state, {loading: true, error: ""});
        try {
            const reading = this.orm.call("cartera.timeline", "get_timeline", [props.data.id], {
                kinds,
                before,
                limit: PAGE,
            });
            const {entries, next} = await this.keepLast.add(reading);
            const known = before ? this.state.entries : [];
            Object.assign(this.state, {entries: [...known, ...entries], next});
        } catch (error) {
            this.state.error = getMessage(error);
        }
        this.state.loading = false;
    }

    formatMoney(amount) {
        return formatMoney(amount, this.props.data.currency_id);
    }

    getOpenLabel({title}) {
        return _t("Open: %s", title);
    }
}

registry.category("crm_cartera.sheet_blocks").add("timeline", {Component: Timeline, place: "main"});
