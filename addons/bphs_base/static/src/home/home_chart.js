import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";

// The tones of the suite as a chart draws them, told apart on paper and by those who do not see red or green.
export const COLOURS = {
    danger: "#c0392b",
    warning: "#e0a030",
    info: "#4477aa",
    success: "#2e8b57",
    muted: "#b0b7bf",
    primary: "#714b67",
};
const ORDER = ["info", "success", "warning", "muted", "danger", "primary"];
// A row of a sideways chart, and what its axis and legend take, in pixels.
const ROW = 26;
const FRAME = 64;

// Names longer than this push the bars off the card; the whole one stands in the tooltip.
const LONGEST = 15;
const LONGEST_ON_A_PHONE = 10;

function shortened(label, longest) {
    return label.length > longest ? `${label.slice(0, longest - 1)}…` : label;
}

/** A small chart of a card, drawn by the Chart.js that Odoo ships. */
export class HomeChart extends Component {
    static template = "bphs_base.HomeChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.chart]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    get height() {
        const {sideways, labels} = this.props.chart;
        return sideways ? Math.max(120, labels.length * ROW + FRAME) : 220;
    }

    draw() {
        this.drawn?.destroy();
        const {kind, labels, series, stacked, sideways, unit} = this.props.chart;
        const round = kind === "doughnut";
        const tone = (index, name) =>
            COLOURS[name] || COLOURS[ORDER[index % ORDER.length]];
        const datasets = series.map((one, index) => ({
            label: one.label,
            data: one.data,
            backgroundColor: one.tones
                ? one.tones.map((name, place) => tone(place, name))
                : tone(index, one.tone),
            borderColor: round ? "#ffffff" : tone(index, one.tone),
            borderWidth: round ? 1 : kind === "line" ? 2 : 0,
            maxBarThickness: 22,
        }));
        const scales = {
            x: {stacked, grid: {display: Boolean(sideways)}, ticks: {precision: 0}},
            y: {
                stacked,
                grid: {display: !sideways},
                beginAtZero: true,
                ticks: {autoSkip: !sideways},
            },
        };
        if (sideways) {
            const longest = this.env.isSmall ? LONGEST_ON_A_PHONE : LONGEST;
            scales.y.ticks.callback = (place) => shortened(labels[place], longest);
        }
        if (unit) {
            (sideways ? scales.x : scales.y).title = {display: true, text: unit};
        }
        this.drawn = new Chart(this.canvas.el, {
            type: kind,
            data: {labels, datasets},
            options: {
                indexAxis: sideways ? "y" : "x",
                animation: false,
                responsive: true,
                maintainAspectRatio: false,
                scales: round ? {} : scales,
                plugins: {
                    legend: {
                        display: round || series.length > 1,
                        position: round ? "right" : "bottom",
                        labels: {boxWidth: 12},
                    },
                },
            },
        });
    }
}
