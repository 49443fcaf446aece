import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {rpcBus} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useBus, useService} from "@web/core/utils/hooks";

// How long a count is taken as fresh while the user moves about, in milliseconds.
const FRESH = 2000;
// The calls after which fewer or more may wait: the dialog's decision, and a submission.
const STEPS = new Set(["action_decide", "action_approval_submit"]);

/** The number of approvals that wait for the user, in the top bar, and the way to them. */
export class WaitingMenu extends Component {
    static template = "bphs_approval.WaitingMenu";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({shown: false, count: 0});
        this.counted = 0;
        onWillStart(async () => {
            this.state.shown = await user.hasGroup("bphs_base.group_user");
            // Not awaited: the top bar does not wait for a number.
            this.refresh();
        });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.refresh());
        useBus(rpcBus, "RPC:RESPONSE", ({detail}) => {
            if (!detail.error && STEPS.has(detail.data.params?.method)) {
                this.counted = 0;
                this.refresh();
            }
        });
    }

    get title() {
        return _t("Approvals waiting for you: %s", this.state.count);
    }

    async refresh() {
        if (!this.state.shown || Date.now() - this.counted < FRESH) {
            return;
        }
        this.counted = Date.now();
        this.state.count = await this.orm.silent.call(
            "bphs.approval.request",
            "count_waiting_for_me",
            []
        );
    }

    open() {
        return this.action.doAction(
            "bphs_approval.bphs_approval_request_action_waiting",
            {
                clearBreadcrumbs: true,
            }
        );
    }
}

registry
    .category("systray")
    .add("bphs_approval.WaitingMenu", {Component: WaitingMenu}, {sequence: 30});
