import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSortable} from "@web/core/utils/sortable_owl";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {BoardCard} from "./board_card";
import {BoardLoad} from "./board_load";

/** Who answers for what: teams as columns. A card that is dropped elsewhere asks from which day; nothing moves by itself. */
export class TeamBoard extends Component {
    static template = "bphs_team.Board";
    static components = {BoardCard, BoardLoad};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            board: null,
            institutionId: this.props.action.context.institution_id || false,
            day: "",
            told: false,
            shown: "all",
        });
        onWillStart(() => this.load(true));
        useSortable({
            enable: () => this.maySort,
            ref: this.root,
            elements: ".o_bphs_team_card",
            groups: ".o_bphs_team_column",
            ignore: "button",
            connectGroups: true,
            cursor: "grabbing",
            placeholderClasses: ["opacity-50"],
            onDrop: ({element, parent, group}) =>
                this.dropped(element, parent || group),
        });
        this.env.config.setDisplayName(_t("Board of Teams"));
    }

    get mayAssign() {
        const {board} = this.state;
        return board.may_assign && board.day >= board.today;
    }

    get maySort() {
        return !this.env.isSmall && Boolean(this.state.board) && this.mayAssign;
    }

    get columns() {
        const {teams, free} = this.state.board;
        return free.length
            ? [{id: false, name: _t("No Team"), members: [], villages: free}, ...teams]
            : teams;
    }

    get kinds() {
        return [
            {key: "all", label: _t("Members and Villages")},
            {key: "members", label: _t("Members")},
            {key: "villages", label: _t("Villages")},
        ];
    }

    /** The cards of a column, of the kinds that are shown. */
    cards(team) {
        const {shown} = this.state;
        const of = (kind, rows) =>
            rows.map((card) => ({key: kind + card.id, kind, card}));
        return [
            ...(shown === "villages" ? [] : of("member", team.members)),
            ...(shown === "members" ? [] : of("village", team.villages)),
        ];
    }

    get sums() {
        const {teams, free} = this.state.board;
        const sum = (rows) => rows.reduce((total, row) => total + row.people, 0);
        return [
            {label: _t("Teams"), value: teams.length},
            {label: _t("People"), value: sum(teams) + sum(free)},
            {
                label: _t("Villages without a team"),
                value: free.length,
                bad: free.length > 0,
            },
            {
                label: _t("Teams over the limit of people"),
                value: teams.filter((team) => team.over).length,
                bad: teams.some((team) => team.over),
            },
            {
                label: _t("Teams with much more to do than others"),
                value: teams.filter((team) => team.heavy).length,
                bad: teams.some((team) => team.heavy),
            },
            {
                label: _t("Teams with empty posts"),
                value: teams.filter((team) => team.lacks).length,
                bad: teams.some((team) => team.lacks),
            },
        ];
    }

    async load(first = false) {
        const {institutionId, day} = this.state;
        this.state.board = await this.orm.call("bphs.team", "board", [
            institutionId,
            day || false,
        ]);
        const {board} = this.state;
        this.state.day = board.day;
        if (first && !institutionId && board.townships.length > 1) {
            // A county has too many columns to begin with; all of them are one choice away.
            this.state.institutionId = board.townships[0].id;
            await this.load();
        }
    }

    chooseTownship(event) {
        this.state.institutionId = Number(event.target.value) || false;
        return this.load();
    }

    chooseDay(event) {
        this.state.day = event.target.value;
        return this.load();
    }

    dropped(element, column) {
        const kind = element.dataset.kind;
        const id = Number(element.dataset.id);
        const teamId = Number(column.dataset.team) || false;
        if (teamId === (Number(element.dataset.team) || false)) {
            return;
        }
        return this.ask(kind, id, element.dataset.name, teamId);
    }

    /** The dated dialog, for a card that was dropped or whose button was pressed. */
    ask(kind, id, name, teamId = undefined) {
        const {board} = this.state;
        const context = {default_date: board.day};
        if (teamId) {
            context.default_team_id = teamId;
        }
        if (kind === "village") {
            Object.assign(context, {
                default_kind: "village",
                default_division_id: id,
                default_institution_id: board.institution_id,
            });
        } else {
            context.default_kind = teamId === false ? "leave" : "move";
            context.default_member_id = id;
        }
        return this.open(
            "bphs.team.change",
            _t("%(name)s Changes the Team", {name}),
            context
        );
    }

    join(team) {
        return this.open(
            "bphs.team.change",
            _t("Somebody Joins %(team)s", {team: team.name}),
            {
                default_kind: "join",
                default_team_id: team.id,
                default_date: this.state.board.day,
            }
        );
    }

    balance() {
        return this.open("bphs.team.balance", _t("Balance the Load"), {
            default_institution_id: this.state.board.institution_id,
        });
    }

    newTeam() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "bphs.team",
            views: [[false, "form"]],
            context: {default_institution_id: this.state.board.institution_id},
        });
    }

    openTeam(team) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "bphs.team",
            res_id: team.id,
            views: [[false, "form"]],
        });
    }

    open(model, name, context) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: model,
                views: [[false, "form"]],
                target: "new",
                name,
                context,
            },
            {onClose: () => this.load()}
        );
    }
}

registry.category("actions").add("bphs_team.board", TeamBoard);
