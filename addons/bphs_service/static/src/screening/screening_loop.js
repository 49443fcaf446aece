import {Component, onWillStart, useState} from "@odoo/owl";
import {HomeChart} from "@bphs_base/home/home_chart";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** From "no blood pressure on file" to "looked after": each step with its two numbers, each number with its list. */
export class ScreeningLoop extends Component {
    static template = "bphs_service.ScreeningLoop";
    static components = {HomeChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            page: null,
            since: false,
            until: false,
            township: false,
        });
        onWillStart(() => this.load());
        this.env.config.setDisplayName(_t("Blood Pressure Loop"));
    }

    async load() {
        const {since, until, township} = this.state;
        this.state.page = await this.orm.call("bphs.screening", "loop", [
            since,
            until,
            township,
        ]);
    }

    choose(name, event) {
        const {page} = this.state;
        Object.assign(this.state, {
            since: page.since,
            until: page.until,
            [name]: event.target.value || false,
        });
        return this.load();
    }

    enter(place) {
        this.state.township = place ? place.id : false;
        return this.load();
    }

    get rows() {
        const {places, total} = this.state.page;
        const all = {id: false, name: _t("Together"), is_township: false, cells: total};
        return places.length > 1 ? [all, ...places] : places;
    }

    get chart() {
        const {steps, total} = this.state.page;
        return {
            kind: "bar",
            sideways: true,
            labels: steps.map((step) => step.label),
            series: [
                {
                    label: _t("People"),
                    data: steps.map((step) => total[step.code].count),
                    tone: "info",
                },
            ],
        };
    }

    async open(step, row) {
        const {page} = this.state;
        const id = row.id || this.state.township;
        this.action.doAction(
            await this.orm.call("bphs.screening", "loop_list", [
                step.code,
                page.since,
                page.until,
                id,
                row.id ? row.is_township : Boolean(id),
            ])
        );
    }
}

registry.category("actions").add("bphs_service.screening_loop", ScreeningLoop);
