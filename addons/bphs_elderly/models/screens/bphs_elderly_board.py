from odoo import api, fields, models
from odoo.tools import SQL

from ..outreach.bphs_elderly_outreach_follow import EXAMS

COLOURS = ("red", "yellow", "green", "unrated")
COUNTS = (*COLOURS, "overdue", "unexamined")
# Of the people who stand in a colour on a day: their place, whether a visit for it was overdue then, and whether they
# had not been examined in the year by then.
HELD = """
    SELECT h.institution_id, h.division_id, h.colour, h.resident_id,
           EXISTS (SELECT FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id
                    WHERE f.resident_id = h.resident_id AND f.due_on < %(day)s
                      AND (f.closed_on IS NULL OR f.closed_on > %(day)s)
                      AND least(f.missed_from, f.ends_on) > %(day)s AND %(serves)s) AS overdue,
           exam.resident_id IS NULL AS unexamined
      FROM (%(held)s) h
      JOIN bphs_institution i ON i.id = h.institution_id
      LEFT JOIN (%(exams)s) exam ON exam.resident_id = h.resident_id
     WHERE i.id = ANY(%(institutions)s) %(unnamed)s
"""


class BphsElderlyBoard(models.TransientModel):
    """Colours by township, team or village, on any day: how many, which share, how many overdue and unrated."""

    _name = "bphs.elderly.board"
    _description = "Colours by Place"
    _inherit = ["bphs.elderly.place.mixin"]

    day = fields.Date(required=True, default=lambda self: self._county_today())
    line_ids = fields.One2many("bphs.elderly.board.line", "board_id", string="Places", readonly=True)
    chart = fields.Json(readonly=True)

    @api.depends("day")
    def _compute_display_name(self):
        for board in self:
            board.display_name = self.env._("Colours by Place, %(day)s", day=board.day or "")

    # === ACTIONS === #

    def action_show(self):
        """:return dict: this board, counted anew
        :raise AccessError: not a role that looks after elders or watches over it
        """
        self.ensure_one()
        self.check_access("write")
        self._check_reader()
        self.env["bphs.resident.access"]._record_figures(self.display_name, self.day, self.day)
        rows = self._rows()
        # sudo: lines are made by the board alone
        lines = self.sudo().line_ids
        lines.unlink()
        lines.create([{"board_id": self.id, **row} for row in rows])
        self.sudo().chart = self._chart_of_years(rows)  # sudo: as above
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Colours by Place"),
        }

    # === HELPERS === #

    def _rows(self, day=None):
        """:param day: another than the board's
        :return: list of dict, one a place, and one of all at the end
        """
        self.ensure_one()
        day = day or self.day
        whole = self._counts_whole()
        self.env["bphs.elderly.outside"].flush_model()
        self.env["bphs.visit"].flush_model()
        held = SQL(
            HELD,
            serves=self.env["bphs.followup"]._serves_colour(SQL("h.colour"), day),
            day=SQL("%s::date", day),
            held=self.env["bphs.elderly.grading"]._on(day, whole),
            institutions=self._institutions().ids,
            exams=SQL(EXAMS, people=SQL("(SELECT resident_id FROM bphs_elderly_standing)"), last=day,
                      first=day.replace(month=1, day=1)),
            unnamed=self._unnamed_sql(SQL("h.resident_id"), whole),
        )  # fmt: skip
        counted = {}
        query = SQL(
            """SELECT place, colour, count(*), count(*) FILTER (WHERE overdue), count(*) FILTER (WHERE unexamined)
                 FROM (%s) p GROUP BY place, colour""",
            self._placed(self.level, held, day),
        )
        for place, colour, count, overdue, unexamined in self.env.execute_query(query):
            row = counted.setdefault(place, dict.fromkeys(COUNTS, 0))
            row[colour] += count
            row["overdue"] += overdue
            row["unexamined"] += unexamined
        rows = [{"name": name, **counted[place]} for place, name in self._place_names(self.level, counted)]
        total = {key: sum(row[key] for row in rows) for key in COUNTS}
        return [*rows, {"name": self.env._("Together"), "is_total": True, **total}] if rows else []


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
    overdue = fields.Integer(string="People Overdue", readonly=True)
    unexamined = fields.Integer(string="Not Examined This Year", readonly=True)
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
