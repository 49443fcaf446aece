import {Component, onWillStart, useState} from "@odoo/owl";
import {HomeChart} from "@bphs_base/home/home_chart";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** Rates of control by place with the doubts beside them, the share of devices, how complete forms are. */
export class TruthPicture extends Component {
    static template = "bphs_service.TruthPicture";
    static components = {HomeChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({page: null, period: false, township: false});
        onWillStart(() => this.load());
        this.env.config.setDisplayName(_t("Control and Authenticity"));
    }

    async load() {
        const {period, township} = this.state;
        this.state.page = await this.orm.call("bphs.authenticity.finding", "picture", [
            period,
            township,
        ]);
    }

    choosePeriod(event) {
        this.state.period = Number(event.target.value);
        return this.load();
    }

    enter(place) {
        this.state.township = place ? place.id : false;
        return this.load();
    }

    /** One order of places for all charts, so that what stands beside is of the same place. */
    rateChart(names, labels) {
        const {places} = this.state.page;
        return {
            kind: "bar",
            sideways: true,
            unit: "%",
            labels: places.map((place) => place.name),
            series: names.map((name, at) => ({
                label: labels[at],
                data: places.map((place) => place.rates[name].value),
            })),
        };
    }

    get control() {
        return this.rateChart(
            ["hypertension", "diabetes"],
            [_t("Pressure Controlled"), _t("Glucose Controlled")]
        );
    }

    get doubts() {
        const {places} = this.state.page;
        const series = [
            ["hard", _t("Hard Doubts"), "danger"],
            ["soft", _t("Soft Doubts"), "warning"],
            ["untrue", _t("Found Not True"), "primary"],
        ];
        return {
            kind: "bar",
            sideways: true,
            stacked: true,
            labels: places.map((place) => place.name),
            series: series.map(([name, label, tone]) => ({
                label,
                tone,
                data: places.map((place) => place[name]),
            })),
        };
    }

    get device() {
        return this.rateChart(["device"], [_t("Measured by Device")]);
    }

    get complete() {
        return this.rateChart(
            ["complete", "medicines"],
            [_t("Forms Complete"), _t("Medicines Filled In")]
        );
    }

    get columns() {
        return [
            ["hypertension", _t("Pressure Controlled")],
            ["hypertension_before", _t("The Quarter Before")],
            ["diabetes", _t("Glucose Controlled")],
            ["diabetes_before", _t("The Quarter Before")],
            ["device", _t("Measured by Device")],
            ["complete", _t("Forms Complete")],
            ["medicines", _t("Medicines Filled In")],
        ].map(([name, label]) => ({name, label}));
    }

    doubtCount(place) {
        return place.hard + place.soft + place.untrue;
    }

    async open(place) {
        this.action.doAction(
            await this.orm.call("bphs.authenticity.finding", "picture_doubts", [
                this.state.page.period,
                place.id,
                place.is_township,
            ])
        );
    }
}

registry.category("actions").add("bphs_service.truth_picture", TruthPicture);
