import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {HomeChart} from "@bphs_base/home/home_chart";

/** A chart that the server describes, drawn as those of first pages are. */
export class ChartField extends Component {
    static template = "bphs_elderly.ChartField";
    static components = {HomeChart};
    static props = {...standardFieldProps};

    get chart() {
        return this.props.record.data[this.props.name];
    }
}

registry
    .category("fields")
    .add("bphs_elderly_chart", {component: ChartField, supportedTypes: ["json"]});
