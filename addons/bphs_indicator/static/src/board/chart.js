import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {COLOURS} from "@bphs_base/home/home_chart";
import {_t} from "@web/core/l10n/translation";
import {loadBundle} from "@web/core/assets";

const TARGET = "#222222";
const ROW = 26;
const FRAME = 70;
const LONGEST = 12;

/** Bars against their targets, or a line over months; it can be taken out as a picture. */
export class IndicatorChart extends Component {
    static template = "bphs_indicator.Chart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.props.chart)]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    get height() {
        const {kind, labels} = this.props.chart;
        return kind === "bullet" ? Math.max(140, labels.length * ROW + FRAME) : 260;
    }

    draw() {
        this.drawn?.destroy();
        const bullet = this.props.chart.kind === "bullet";
        this.drawn = new Chart(this.canvas.el, {
            type: bullet ? "bar" : "line",
            data: {
                labels: this.props.chart.labels,
                datasets: bullet ? this.bars() : this.lines(),
            },
            options: {
                indexAxis: bullet ? "y" : "x",
                animation: false,
                responsive: true,
                maintainAspectRatio: false,
                scales: bullet ? this.bulletScales() : {y: {beginAtZero: true}},
                plugins: {
                    title: {display: true, text: this.props.chart.title},
                    legend: {position: "bottom", labels: {boxWidth: 12}},
                },
            },
        });
    }

    bulletScales() {
        return {
            x: {beginAtZero: true},
            y: {
                ticks: {
                    autoSkip: false,
                    callback: (at) => {
                        const name = this.props.chart.labels[at];
                        return name.length > LONGEST
                            ? `${name.slice(0, LONGEST - 1)}…`
                            : name;
                    },
                },
            },
        };
    }

    bars() {
        const {data, tones, targets} = this.props.chart;
        const width =
            Math.max(...data, ...targets.filter((one) => one !== null), 1) / 250;
        const datasets = [
            {
                label: _t("Actual"),
                data,
                backgroundColor: tones.map((tone) => COLOURS[tone]),
                barThickness: 14,
                grouped: false,
                order: 2,
            },
        ];
        if (targets.some((one) => one !== null)) {
            datasets.push({
                label: _t("Target"),
                data: targets.map((one) => one !== null && [one - width, one + width]),
                backgroundColor: TARGET,
                barThickness: 22,
                grouped: false,
                order: 1,
            });
        }
        return datasets;
    }

    lines() {
        const {data, targets, late} = this.props.chart;
        return [
            {
                label: _t("Actual"),
                data,
                borderColor: COLOURS.info,
                backgroundColor: COLOURS.info,
                pointStyle: late.map((one) => (one ? "triangle" : "circle")),
                pointRadius: late.map((one) => (one ? 6 : 3)),
            },
            {
                label: _t("Target"),
                data: targets,
                borderColor: TARGET,
                borderDash: [6, 4],
                pointRadius: 0,
            },
        ];
    }

    download() {
        const link = document.createElement("a");
        link.href = this.canvas.el.toDataURL("image/png");
        link.download = `${this.props.chart.title}.png`;
        link.click();
    }
}
