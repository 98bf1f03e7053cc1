import {Component} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatPercentage} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const formatters = registry.category("formatters");

/** A read-only figure: blank where there is none, never zero; a click opens what is behind it. */
export class FigureField extends Component {
    static template = "crm_cartera.FigureField";
    static props = {
        ...standardFieldProps,
        currencyField: {type: String, optional: true},
        signed: {type: Boolean, optional: true},
        digits: {type: Array, optional: true},
        method: {type: String, optional: true},
        opens: {type: Boolean, optional: true},
        percent: {type: Boolean, optional: true},
    };
    static defaultProps = {method: "action_open_figure", opens: true};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.openTitle = _t("See what is behind it");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get formattedValue() {
        const {currencyField, digits, name, percent, record, signed} = this.props;
        const field = record.fields[name];
        if (percent) {
            const text = this.value === false ? "" : formatPercentage(this.value, {digits});
            return signed && this.value > 0 ? `+${text}` : text;
        }
        const formatter = formatters.get(field.type, (value) => value);
        const {selection} = field;
        const options = {currencyField, data: record.data, digits, field, selection};
        // "21 days", not "21.0"; money keeps its cents.
        return formatter(this.value, {...options, trailingZeros: field.type !== "float"});
    }

    /** Nothing is behind a zero, a blank, or an account that is not saved yet. */
    get canOpen() {
        return Boolean(this.props.opens && this.value && this.props.record.resId);
    }

    async open() {
        const {method, name, record} = this.props;
        this.action.doAction(await this.orm.call(record.resModel, method, [[record.resId], name]));
    }
}

registry.category("fields").add("cartera_figure", {
    component: FigureField,
    displayName: _t("Figure of an account"),
    supportedTypes: ["char", "date", "float", "integer", "many2one", "monetary", "selection"],
    isEmpty: (record, name) => record.data[name] === false,
    extractProps: ({attrs, options}) => ({
        currencyField: options.currency_field,
        signed: options.signed,
        digits: options.digits || (options.percent ? [16, 0] : undefined),
        method: options.method,
        opens: options.opens,
        percent: options.percent,
    }),
});
