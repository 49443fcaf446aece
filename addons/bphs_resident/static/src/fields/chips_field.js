import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Short words side by side: the key groups of a resident, what a file wants. */
export class ChipsField extends Component {
    static template = "bphs_resident.ChipsField";
    static props = {...standardFieldProps};

    get words() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry
    .category("fields")
    .add("bphs_chips", {component: ChipsField, supportedTypes: ["json"]});
