import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 1500; // milliseconds

/** The bar of a check or a load under way; looks again until it has ended. */
export class RollProgress extends Component {
    static template = "bphs_resident.RollProgress";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.look(), EVERY);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get percent() {
        return this.props.record.data.progress;
    }

    get checking() {
        return this.props.record.data.state === "checking";
    }

    async look() {
        if (!this.looking && !document.hidden) {
            this.looking = true;
            try {
                await this.props.record.load();
            } finally {
                this.looking = false;
            }
        }
    }
}

registry.category("view_widgets").add("bphs_roll_progress", {component: RollProgress});
