import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {DivisionSelect} from "../division_select/division_select";
import {FiguresMark} from "../figures/figures_mark";

// Told apart on light and dark ground, in print, and by those who do not see red or green.
const MEN = "#4477aa";
const WOMEN = "#cc6677";

/** A village, a township or the county by age and sex: men to the left, women to the right. */
export class ResidentPyramid extends Component {
    static template = "bphs_resident.Pyramid";
    static components = {DivisionSelect, FiguresMark};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.canvas = useRef("canvas");
        this.state = useState({
            divisions: [],
            divisionId: false,
            counts: null,
            asTable: false,
            whole: true,
        });
        onWillStart(async () => {
            const [divisions] = await Promise.all([
                this.orm.call("bphs.resident", "pyramid_divisions", []),
                loadBundle("web.chartjs_lib"),
            ]);
            this.state.divisions = divisions;
            if (divisions.length) {
                await this.choose(divisions[0].id);
            }
        });
        useEffect(
            () => this.draw(),
            () => [this.state.counts, this.state.asTable]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    async choose(divisionId) {
        this.state.divisionId = divisionId;
        this.state.counts = await this.orm.call("bphs.resident", "pyramid", [
            this.state.divisionId,
            this.state.whole,
        ]);
    }

    chooseWhole(whole) {
        this.state.whole = whole;
        return this.choose(this.state.divisionId);
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        const counts = this.state.counts;
        if (!counts || !this.canvas.el) {
            return;
        }
        const most = Math.max(1, ...counts.male, ...counts.female);
        const bars = (label, values, color) => ({
            label,
            data: values,
            backgroundColor: color,
            categoryPercentage: 0.95,
            barPercentage: 0.95,
        });
        this.chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                // Young at the bottom, as a pyramid stands.
                labels: [...counts.labels].reverse(),
                datasets: [
                    bars(
                        _t("Male"),
                        counts.male.map((persons) => -persons).reverse(),
                        MEN
                    ),
                    bars(_t("Female"), [...counts.female].reverse(), WOMEN),
                ],
            },
            options: {
                indexAxis: "y",
                animation: false,
                responsive: true,
                maintainAspectRatio: false,
                scales: {
                    x: {
                        stacked: true,
                        min: -most,
                        max: most,
                        ticks: {precision: 0, callback: (value) => Math.abs(value)},
                    },
                    y: {stacked: true, ticks: {autoSkip: false}},
                },
                plugins: {
                    tooltip: {
                        callbacks: {
                            label: (item) =>
                                `${item.dataset.label} ${Math.abs(item.raw)}`,
                        },
                    },
                },
            },
        });
    }
}

registry.category("actions").add("bphs_resident.pyramid", ResidentPyramid);
