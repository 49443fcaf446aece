import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/** How many things wait for the user, in the top bar, and the way to the first page that lists them. */
export class WaitingMenu extends Component {
    static template = "bphs_base.WaitingMenu";
    static props = {};

    setup() {
        this.action = useService("action");
        this.waiting = useState(useService("bphs_waiting"));
        this.state = useState({shown: false});
        onWillStart(async () => {
            this.state.shown = await user.hasGroup("bphs_base.group_user");
            if (this.state.shown) {
                // Not awaited: the top bar does not wait for a number.
                this.waiting.refresh();
            }
        });
    }

    get title() {
        return _t("Waiting for you: %s", this.waiting.count);
    }

    open() {
        return this.action.doAction("bphs_base.action_home", {clearBreadcrumbs: true});
    }
}

registry
    .category("systray")
    .add("bphs_base.WaitingMenu", {Component: WaitingMenu}, {sequence: 30});
