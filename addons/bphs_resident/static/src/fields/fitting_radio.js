import {registry} from "@web/core/registry";
import {RadioField, radioField} from "@web/views/fields/radio/radio_field";

/** Of the choices, those alone that another field of the record names: what does not fit is not offered. */
export class FittingRadio extends RadioField {
    static props = {...RadioField.props, fitting: String};

    get items() {
        const fitting = this.props.record.data[this.props.fitting] || [];
        return super.items.filter(([value]) => fitting.includes(value));
    }
}

registry.category("fields").add("bphs_fitting_radio", {
    ...radioField,
    component: FittingRadio,
    supportedTypes: ["selection"],
    extractProps: (info, dynamicInfo) => ({
        ...radioField.extractProps(info, dynamicInfo),
        fitting: info.options.fitting,
    }),
});
