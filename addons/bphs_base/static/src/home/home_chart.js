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
const INK = "#222222";
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

/** Marks over bars where their targets are, or a broken line of targets beside a line. */
function targetsOf({label, data}, kind, highest) {
    if (kind === "line") {
        return {label, data, borderColor: INK, borderDash: [6, 4], pointRadius: 0};
    }
    const half = Math.max(highest, ...data.filter((one) => one !== null), 1) / 250;
    return {
        label,
        data: data.map((one) => one !== null && [one - half, one + half]),
        backgroundColor: INK,
        barThickness: 22,
        grouped: false,
        order: 1,
    };
}

/**
 * A chart of a card or a board, drawn by the Chart.js that Odoo ships.
 *
 * `chart`: kind, labels, series (label, data, tone or tones of single bars, marked: points that stand out), stacked,
 * sideways, unit, title, targets (label, data).
 */
export class HomeChart extends Component {
    static template = "bphs_base.HomeChart";
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
        const {sideways, labels, title} = this.props.chart;
        const frame = title ? FRAME + ROW : FRAME;
        return sideways
            ? Math.max(120, labels.length * ROW + frame)
            : title
              ? 260
              : 220;
    }

    draw() {
        this.drawn?.destroy();
        const {kind, labels, series, stacked, sideways, unit, title, targets} =
            this.props.chart;
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
            maxBarThickness: targets ? 14 : 22,
            ...(targets && kind === "bar" ? {grouped: false, order: 2} : {}),
            ...(one.marked
                ? {
                      pointStyle: one.marked.map((mark) =>
                          mark ? "triangle" : "circle"
                      ),
                      pointRadius: one.marked.map((mark) => (mark ? 6 : 3)),
                  }
                : {}),
        }));
        if (targets?.data.some((one) => one !== null)) {
            const highest = Math.max(...series.flatMap((one) => one.data));
            datasets.push(targetsOf(targets, kind, highest));
        }
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
                    title: {display: Boolean(title), text: title},
                    legend: {
                        display: round || datasets.length > 1,
                        position: round ? "right" : "bottom",
                        labels: {boxWidth: 12},
                    },
                },
            },
        });
    }
}
