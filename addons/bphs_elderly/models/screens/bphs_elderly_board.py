from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.visits import ALL_CLOCKS

LEVELS = [("township", "Township"), ("team", "Team"), ("village", "Village")]
COLOURS = ("red", "yellow", "green", "unrated")
# Whoever has a place of their own, or the county's, to look at.
READERS = (
    *("village_doctor", "team_leader", "township_public_health", "township_director"),
    *("primary_care_officer", "county_specialist", "administrator", "auditor"),
)
# Of the people who stand in a colour on a day: their place, and whether a visit for it was overdue then.
HELD = """
    SELECT h.institution_id, h.division_id, h.colour, h.resident_id,
           EXISTS (SELECT FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id AND c.code = ANY(%(codes)s)
                    WHERE f.resident_id = h.resident_id AND f.due_on < %(day)s
                      AND (f.closed_on IS NULL OR f.closed_on > %(day)s)
                      AND least(f.missed_from, f.ends_on) > %(day)s) AS overdue
      FROM (%(held)s) h
      JOIN bphs_institution i ON i.id = h.institution_id
     WHERE i.id = ANY(%(institutions)s) %(unnamed)s
"""
PLACES = {
    "township": SQL("SELECT h.*, i.township_id AS place FROM h JOIN bphs_institution i ON i.id = h.institution_id"),
    "village": SQL("SELECT h.*, h.division_id AS place FROM h"),
}


class BphsElderlyBoard(models.TransientModel):
    """Colours by township, team or village, on any day: how many, which share, how many overdue and unrated."""

    _name = "bphs.elderly.board"
    _description = "Colours by Place"

    day = fields.Date(required=True, default=lambda self: self._county_today())
    level = fields.Selection(LEVELS, required=True, default=lambda self: self._default_level())
    whole = fields.Boolean(
        string="With All Facts",
        groups="bphs_resident.group_sensitive",
        help="Also by what only named persons are told of. Not for passing on.",
    )
    line_ids = fields.One2many("bphs.elderly.board.line", "board_id", string="Places", readonly=True)
    mark = fields.Char(compute="_compute_mark")

    @api.model
    def _default_level(self):
        return "village" if self.env.user._holds_role(("village_doctor", "team_leader")) else "township"

    @api.depends("whole")
    @api.depends_context("uid")
    def _compute_mark(self):
        for board in self:
            # sudo: of those who may not have it, it is never set
            board.mark = self.env["bphs.resident"]._figures(whole=board.sudo().whole).mark

    # === ACTIONS === #

    def action_show(self):
        """:return dict: this board, counted anew
        :raise AccessError: not a role that looks after elders or watches over it
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("Colours by place are for those who look after elders or watch over it."))
        rows = self._rows()
        # sudo: lines are made by the board alone
        lines = self.sudo().line_ids
        lines.unlink()
        lines.create([{"board_id": self.id, **row} for row in rows])
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Colours by Place"),
        }

    # === HELPERS === #

    def _rows(self):
        """:return: list of dict, one a place, and one of all at the end"""
        self.ensure_one()
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        whole = named and self.sudo().whole  # sudo: asked just before
        own = self.env.user.sudo().bphs_institution_ids.ids  # sudo: one's own scope
        institutions = self.env["bphs.institution"].sudo().search([("id", "child_of", own)])  # sudo: as above
        held = SQL(
            HELD,
            codes=list(ALL_CLOCKS),
            day=SQL("%s::date", self.day),
            held=self.env["bphs.elderly.grading"]._on(self.day, whole),
            institutions=institutions.ids,
            # A file for named persons is counted in neither figure of others.
            unnamed=SQL("")
            if whole
            else SQL("AND NOT EXISTS (SELECT FROM bphs_resident r WHERE r.id = h.resident_id AND r.restricted)"),
        )
        counted = {}
        for place, colour, count, overdue in self.env.execute_query(self._by_place(held)):
            row = counted.setdefault(place, dict.fromkeys((*COLOURS, "overdue"), 0))
            row[colour] += count
            row["overdue"] += overdue
        names = self._names(counted)
        rows = [
            {"name": names.get(place, self.env._("Without")), **counted[place]}
            for place in sorted(counted, key=lambda place: names.get(place, "~"))
        ]
        total = {key: sum(row[key] for row in rows) for key in (*COLOURS, "overdue")}
        return [*rows, {"name": self.env._("Together"), "is_total": True, **total}] if rows else []

    def _by_place(self, held):
        places = PLACES.get(self.level) or SQL(
            """SELECT h.*, v.team_id AS place FROM h LEFT JOIN bphs_team_village v ON v.division_id = h.division_id
                  AND v.date_from <= %(day)s AND (v.date_to IS NULL OR v.date_to >= %(day)s)""",
            day=self.day,
        )
        return SQL(
            """WITH h AS (%s) SELECT place, colour, count(*), count(*) FILTER (WHERE overdue) FROM (%s) p
                GROUP BY place, colour""",
            held,
            places,
        )

    def _names(self, counted):
        model = {"township": "bphs.institution", "village": "bphs.division", "team": "bphs.team"}[self.level]
        # sudo: names of places are no secret
        records = self.env[model].sudo().browse([place for place in counted if place])
        return {record.id: record.display_name for record in records}


class BphsElderlyBoardLine(models.TransientModel):
    """One place of the board."""

    _name = "bphs.elderly.board.line"
    _description = "Colours of a Place"
    _order = "id"

    board_id = fields.Many2one("bphs.elderly.board", required=True, index=True, readonly=True, ondelete="cascade")
    name = fields.Char(string="Place", readonly=True)
    is_total = fields.Boolean(readonly=True)
    red = fields.Integer(string="▲ Red", readonly=True)
    yellow = fields.Integer(string="◆ Yellow", readonly=True)
    green = fields.Integer(string="● Green", readonly=True)
    unrated = fields.Integer(string="○ Unrated", readonly=True)
    overdue = fields.Integer(readonly=True)
    people = fields.Integer(string="Elders", compute="_compute_shares")
    shares = fields.Char(compute="_compute_shares", help="Red, yellow, green of those who are rated.")
    rated = fields.Char(compute="_compute_shares", help="Rated of all.")

    @api.depends("red", "yellow", "green", "unrated")
    def _compute_shares(self):
        for line in self:
            rated = line.red + line.yellow + line.green
            line.people = rated + line.unrated
            line.shares = " / ".join(_share(line[colour], rated) for colour in ("red", "yellow", "green"))
            line.rated = _share(rated, line.people)


def _share(part, whole):
    """In per cent with one decimal, by whole numbers; nothing of nothing."""
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
