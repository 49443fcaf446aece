import {Component} from "@odoo/owl";

/** A village or a member of a team. */
export class BoardCard extends Component {
    static template = "bphs_team.BoardCard";
    static props = {
        kind: String,
        card: Object,
        teamId: [Number, Boolean],
        mayAssign: Boolean,
        move: Function,
    };

    get isVillage() {
        return this.props.kind === "village";
    }

    move() {
        const {kind, card} = this.props;
        return this.props.move(kind, card.id, card.name);
    }
}
