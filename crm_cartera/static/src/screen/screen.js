import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";

import {Component} from "@odoo/owl";

import {Choice} from "./choice";
import {ErrorBox} from "./error_box";
import {openRefreshDialog} from "../refresh/refresh_dialog";

/** The frame of an analysis screen: choices above, then what is loading, failed, missing or found. */
export class ScreenFrame extends Component {
    static template = "crm_cartera.ScreenFrame";
    static components = {Choice, ErrorBox, Layout};
    static props = {
        screen: Object,
        name: String,
        isEmpty: Boolean,
        emptyText: String,
        slots: Object,
    };

    setup() {
        this.display = {controlPanel: {}};
        this.dialog = useService("dialog");
    }

    get people() {
        const people = this.props.screen.known?.salespeople ?? [];
        return people.length > 1
            ? [
                  {value: null, label: _t("All salespeople")},
                  ...people.map(({id, name}) => ({value: id, label: name})),
              ]
            : [];
    }

    refresh() {
        openRefreshDialog(this.dialog, () => this.props.screen.load());
    }
}
