/**
 * A date always has its year. Odoo leaves the running one out, so that a list over New Year shows two ways of writing
 * dates, and a printed screen none that can be filed.
 */
import {registry} from "@web/core/registry";
import {patch} from "@web/core/utils/patch";
import {DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {formatDate, formatDateTime} from "@web/views/fields/formatters";

patch(DateTimeField.prototype, {
    getFormattedValue(valueIndex) {
        return super.getFormattedValue(valueIndex, true);
    },
});

function numeric(format) {
    const full = (value, options) => format(value, {...options, numeric: true});
    full.extractOptions = format.extractOptions;
    return full;
}

registry
    .category("formatters")
    .add("date", numeric(formatDate), {force: true})
    .add("datetime", numeric(formatDateTime), {force: true});
