/**
 * A date always has its year. Odoo leaves the running one out, so that a list over New Year shows two ways of writing
 * dates, and a printed screen none that can be filed. A time has its seconds only where a view asks for them: a table
 * has no room for what nobody reads.
 */
import {registry} from "@web/core/registry";
import {patch} from "@web/core/utils/patch";
import {DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {formatDate, formatDateTime} from "@web/views/fields/formatters";

/** Where the text of a time goes on after its minutes. */
const SECONDS = /(\d:\d\d):\d\d/;

function toTheMinute(text, showSeconds) {
    return showSeconds ? text : text.replace(SECONDS, "$1");
}

patch(DateTimeField.prototype, {
    getFormattedValue(valueIndex) {
        const text = super.getFormattedValue(valueIndex, true);
        return toTheMinute(text, this.props.showSeconds);
    },
});

function numeric(format) {
    const full = (value, options = {}) =>
        toTheMinute(format(value, {...options, numeric: true}), options.showSeconds);
    full.extractOptions = format.extractOptions;
    return full;
}

registry
    .category("formatters")
    .add("date", numeric(formatDate), {force: true})
    .add("datetime", numeric(formatDateTime), {force: true});
