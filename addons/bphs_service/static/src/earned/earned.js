import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** What the work of a quarter has come to: what counted, what did not and why, what waits. Each figure opens to its records. */
export class Earned extends Component {
    static template = "bphs_service.Earned";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({page: null, period: false, institution: false});
        onWillStart(() => this.load());
        this.env.config.setDisplayName(_t("Earned So Far"));
    }

    async load() {
        const {period, institution} = this.state;
        this.state.page = await this.orm.call("bphs.earning", "earned", [
            period,
            institution,
        ]);
    }

    choose(name, event) {
        const {page} = this.state;
        Object.assign(this.state, {
            period: page.period,
            institution: page.institution,
            [name]: Number(event.target.value),
        });
        return this.load();
    }

    async open(item, verdicts) {
        const {page} = this.state;
        this.action.doAction(
            await this.orm.call("bphs.earning", "open_figure", [
                page.period,
                page.institution,
                item.id,
                verdicts,
            ])
        );
    }
}

registry.category("actions").add("bphs_service.earned", Earned);
