import {registry} from "@web/core/registry";
import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {formatFloat, formatMonetary, formatPercentage} from "@web/views/fields/formatters";
import {parseFloat, parsePercentage} from "@web/views/fields/parsers";

/**
 * A figure in the unit that its record names: 0.25 is read and entered as 25 %.
 *
 * What is missing stays blank; with the option `blank` an emptied figure is missing, not zero.
 */
export class UnitNumberField extends FloatField {
    static props = {...FloatField.props, blank: {type: Boolean, optional: true}};

    get unit() {
        return this.props.record.data.unit;
    }

    get formattedValue() {
        if (this.value === false) {
            return "";
        }
        if (this.unit === "percent") {
            return formatPercentage(this.value, {digits: [false, 1]});
        }
        if (this.unit === "money") {
            const currencyId = this.props.record.data.currency_id?.id;
            return formatMonetary(this.value, {currencyId, noSymbol: !this.props.readonly});
        }
        return formatFloat(this.value, {digits: [false, 2], trailingZeros: false});
    }

    parse(text) {
        if (this.props.blank && !text.trim()) {
            return false;
        }
        return this.unit === "percent"
            ? parsePercentage(text.trim())
            : parseFloat(text, {allowOperation: true});
    }
}

registry.category("fields").add("cartera_unit_number", {
    ...floatField,
    component: UnitNumberField,
    extractProps: (info) => ({
        ...floatField.extractProps(info),
        blank: Boolean(info.options.blank),
    }),
    fieldDependencies: [{name: "unit", type: "selection", readonly: true}],
});
