import {_t} from "@web/core/l10n/translation";

import {Component} from "@odoo/owl";

import {Choice} from "../screen/choice";

/** Which period, and of whom; what one may choose comes from the server. */
export class PeriodChoice extends Component {
    static template = "crm_cartera.PeriodChoice";
    static components = {Choice};
    static props = {
        frame: Object,
        /** Called with {kind, period, scope}: what changes. */
        onChange: Function,
    };

    get kinds() {
        return [
            {value: "month", label: _t("Month")},
            {value: "quarter", label: _t("Quarter")},
            {value: "year", label: _t("Year")},
        ];
    }

    get periods() {
        return this.props.frame.periods.map(({key, label}) => ({value: key, label}));
    }

    get scopes() {
        return this.props.frame.scopes.map(({key, label}) => ({value: key, label}));
    }

    chooseKind(kind) {
        this.props.onChange({kind, period: null});
    }

    choosePeriod(period) {
        this.props.onChange({period});
    }
}
