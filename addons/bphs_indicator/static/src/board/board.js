import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {HomeChart} from "@bphs_base/home/home_chart";

/** Indicators of a month: a heat table of places and indicators, and of one of them bars against targets and a trend. */
export class IndicatorBoard extends Component {
    static template = "bphs_indicator.Board";
    static components = {HomeChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.page = useRef("page");
        this.state = useState({
            told: null,
            code: false,
            placeId: false,
            trend: null,
            work: "",
            onlyTargets: false,
        });
        this.files = [
            ["png", _t("Picture")],
            ["pdf", "PDF"],
            ["xlsx", _t("Workbook")],
        ];
        onWillStart(() => this.load(false));
    }

    async load(month) {
        const told = await this.orm.call("bphs.indicator.value", "board", [month]);
        this.state.told = told;
        const places = told.places;
        if (!places.some((place) => place.id === this.state.placeId)) {
            this.state.placeId = places.length ? places[0].id : false;
        }
        const codes = told.indicators.map((one) => one.code);
        if (!codes.includes(this.state.code)) {
            const judged = told.indicators.find((one) =>
                places.some((place) => this.cell(place, one)?.target)
            );
            this.state.code = (judged || told.indicators[0])?.code || false;
        }
        await this.loadTrend();
    }

    async loadTrend() {
        if (!this.state.code || !this.state.placeId) {
            return;
        }
        this.state.trend = await this.orm.call("bphs.indicator.value", "trend", [
            this.state.code,
            this.state.placeId,
        ]);
    }

    cell(place, indicator) {
        return this.state.told.cells[`${place.id}|${indicator.code}`];
    }

    get works() {
        return [...new Set(this.state.told.indicators.map((one) => one.work))];
    }

    get indicators() {
        return this.state.told.indicators.filter(
            (one) =>
                (!this.state.work || one.work === this.state.work) &&
                (!this.state.onlyTargets ||
                    this.state.told.places.some(
                        (place) => this.cell(place, one)?.target
                    ))
        );
    }

    get indicator() {
        return this.state.told.indicators.find((one) => one.code === this.state.code);
    }

    get place() {
        return this.state.told.places.find((one) => one.id === this.state.placeId);
    }

    tone(cell) {
        if (!cell) {
            return "";
        }
        return (
            {yes: "o_reached", no: "o_missed", none: "o_unknown"}[cell.passed] ||
            "o_plain"
        );
    }

    title(cell) {
        return [cell.parts, cell.target && `${_t("Target")} ${cell.target}`]
            .filter(Boolean)
            .join("  ");
    }

    /** The bars of the chosen indicator, the highest first: that is the ranking. */
    get bars() {
        const rows = this.state.told.places
            .map((place) => ({place, cell: this.cell(place, this.indicator)}))
            .filter((row) => row.cell && row.cell.rate !== null);
        rows.sort((a, b) => b.cell.rate - a.cell.rate);
        const tones = {yes: "success", no: "danger", none: "muted"};
        return {
            kind: "bar",
            sideways: true,
            title: `${this.indicator.name}  ${_t("as of %s", this.state.told.as_of)}`,
            labels: rows.map((row) => row.place.name),
            series: [
                {
                    label: _t("Actual"),
                    data: rows.map((row) => row.cell.rate),
                    tones: rows.map((row) => tones[row.cell.passed] || "info"),
                },
            ],
            targets: {
                label: _t("Target"),
                data: rows.map((row) =>
                    row.cell.target_value === false ? null : row.cell.target_value
                ),
            },
        };
    }

    get line() {
        const {months, rates, targets, late, as_of: asOf} = this.state.trend;
        return {
            kind: "line",
            title: `${this.indicator.name}  ${this.place.name}  ${_t("as of %s", asOf)}`,
            labels: months,
            series: [{label: _t("Actual"), data: rates, tone: "info", marked: late}],
            targets: {label: _t("Target"), data: targets},
        };
    }

    /** A figure leaves the house without what tells of fewer than five, so the server draws it. */
    async takeOut(form, kind) {
        const shown = this.indicators.map((one) => one.code);
        const [id] = await this.orm.create("bphs.indicator.picture", [
            {
                month: this.state.told.month,
                code: this.state.code,
                institution_id: this.state.placeId,
                codes:
                    shown.length < this.state.told.indicators.length && shown.join(" "),
            },
        ]);
        const context = {print_code: form, print_kind: kind};
        const action = await this.orm.call(
            "bphs.indicator.picture",
            "action_print",
            [[id]],
            {context}
        );
        return this.action.doAction(action);
    }

    async choose(code, placeId) {
        const another = code !== this.state.code;
        this.state.code = code;
        this.state.placeId = placeId || this.state.placeId;
        await this.loadTrend();
        if (another) {
            // It is drawn above: whoever chose it below would see nothing happen.
            this.page.el.scrollTo({top: 0});
        }
    }

    open(cell) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "bphs.indicator.value",
            res_id: cell.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("bphs_indicator.board", IndicatorBoard);
