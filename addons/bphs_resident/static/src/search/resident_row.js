import {Component} from "@odoo/owl";

/** One resident a search found: enough to tell people apart, numbers masked. */
export class ResidentRow extends Component {
    static template = "bphs_resident.ResidentRow";
    static props = {
        row: Object,
        words: Object,
        selected: Boolean,
        open: Function,
        point: Function,
    };

    /** The name in three parts: before, what matched, behind. */
    get parts() {
        const {name, span} = this.props.row;
        const characters = [...name]; // rare characters take two places of a JavaScript string
        const [start, end] = span || [0, 0];
        return [
            characters.slice(0, start).join(""),
            characters.slice(start, end).join(""),
            characters.slice(end).join(""),
        ];
    }

    get sex() {
        return this.props.words.sexes[this.props.row.sex];
    }

    get icon() {
        return (
            {male: "fa-mars text-info", female: "fa-venus text-danger"}[
                this.props.row.sex
            ] || "fa-user-o text-muted"
        );
    }

    get status() {
        return this.props.row.status === "active"
            ? ""
            : this.props.words.statuses[this.props.row.status];
    }

    get groups() {
        const labels = new Map(this.props.words.groups);
        return this.props.row.groups.map((kind) => ({kind, label: labels.get(kind)}));
    }
}
