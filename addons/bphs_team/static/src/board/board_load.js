import {Component} from "@odoo/owl";

/** How many people a team answers for, against how many it may. */
export class BoardLoad extends Component {
    static template = "bphs_team.BoardLoad";
    static props = {team: Object};

    get share() {
        const {people, capacity} = this.props.team;
        return capacity ? Math.round((people * 100) / capacity) : people ? 999 : 0;
    }

    get tone() {
        if (this.props.team.over) {
            return "bg-danger";
        }
        return this.share > 85 ? "bg-warning" : "bg-success";
    }
}
