import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {parseFloat, parseInteger} from "@web/views/fields/parsers";
import {PropertyValue} from "@web/views/fields/properties/property_value";
import {patch} from "@web/core/utils/patch";

const NUMBERS = {
    integer: {format: formatInteger, parse: parseInteger},
    float: {format: formatFloat, parse: parseFloat},
};

/** A number of a form that nobody answered is blank and stays unanswered: 0 would be an answer. */
patch(PropertyValue.prototype, {
    get displayValue() {
        const number = NUMBERS[this.props.type];
        if (number) {
            const value = this.propertyValue;
            return typeof value === "number" ? number.format(value) : "";
        }
        return super.displayValue;
    },

    async onValueChange(newValue) {
        const number = NUMBERS[this.props.type];
        if (!number) {
            return super.onValueChange(...arguments);
        }
        let value = false;
        try {
            value = String(newValue).trim() === "" ? false : number.parse(newValue);
        } catch {
            value = false;
        }
        this.props.onChange(value);
    },
});
