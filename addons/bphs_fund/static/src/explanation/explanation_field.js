import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Shows how each amount came about: the formula, the formula with its numbers, the result. */
export class ExplanationField extends Component {
    static template = "bphs_fund.ExplanationField";
    static props = {...standardFieldProps};

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("bphs_explanation", {
    component: ExplanationField,
    supportedTypes: ["json"],
});
