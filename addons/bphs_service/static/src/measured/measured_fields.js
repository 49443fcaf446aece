import {registry} from "@web/core/registry";
import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {IntegerField, integerField} from "@web/views/fields/integer/integer_field";

/** A number that nobody measured is blank: a thumb types over nothing, and 0 is no blood pressure. */
const measured = (Field) =>
    class extends Field {
        get formattedValue() {
            return this.value ? super.formattedValue : "";
        }
    };

const fields = registry.category("fields");
fields.add("bphs_measured_integer", {
    ...integerField,
    component: measured(IntegerField),
});
fields.add("bphs_measured_float", {...floatField, component: measured(FloatField)});
