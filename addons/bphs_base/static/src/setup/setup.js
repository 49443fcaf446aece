import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The beginning of a county: what is to be done, what is missing, where to do it. */
export class BphsSetup extends Component {
    static template = "bphs_base.Setup";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({steps: [], done: 0, total: 0, percent: 0, open: null});
        onWillStart(() => this.load());
    }

    async load() {
        const page = await this.orm.call("bphs.setup", "get_page", []);
        Object.assign(this.state, page);
        // The first that is not done stands open, unless another was opened.
        this.state.open ??= page.steps.find((step) => !step.done)?.key;
    }

    toggle(step) {
        this.state.open = this.state.open === step.key ? "" : step.key;
    }

    press(action) {
        // A dialog leaves the page where it is: what it did is told at once.
        return this.action.doAction(action, {
            onClose: async () => {
                this.state.open = null;
                await this.load();
            },
        });
    }
}

registry.category("actions").add("bphs_setup", BphsSetup);
