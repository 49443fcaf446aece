import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const ICONS = {
    birth: "fa-birthday-cake",
    file: "fa-folder-open-o",
    group: "fa-heartbeat",
    merge: "fa-compress",
    within: "fa-home",
    out: "fa-sign-out",
    lost: "fa-question-circle",
    died: "fa-times-circle",
    back: "fa-sign-in",
};

/** What happened to a resident, latest first. Modules add events on the server, see `_timeline`. */
export class ResidentTimeline extends Component {
    static template = "bphs_resident.Timeline";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({events: []});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => this.load(next.record.resId));
    }

    async load(residentId) {
        this.state.events = residentId
            ? await this.orm.call("bphs.resident", "timeline", [[residentId]])
            : [];
    }

    icon(event) {
        return ICONS[event.kind] || "fa-circle-o";
    }

    open(event) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: event.model,
            res_id: event.id,
            views: [[false, "form"]],
        });
    }
}

registry
    .category("view_widgets")
    .add("resident_timeline", {component: ResidentTimeline});
