from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.rate import Population, Rate

from .bphs_elderly_easing_list import ALL, EASED, RED, TOGETHER


class BphsElderlyEasing(models.TransientModel):
    """How many of those who were red for reasons that can resolve stand in a better colour now (降红率)."""

    _name = "bphs.elderly.easing"
    _description = "Out of Red"
    _inherit = ["bphs.elderly.place.mixin"]

    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._county_today().replace(month=1, day=1)
    )
    date_to = fields.Date(string="Until", required=True, default=lambda self: self._county_today())
    line_ids = fields.One2many("bphs.elderly.easing.line", "page_id", string="Places", readonly=True)

    @api.depends("level")
    def _compute_display_name(self):
        self.display_name = self.env._("Out of Red")

    def action_show(self):
        """:return dict: this page, counted anew

        :raise AccessError: not a role that looks after elders or watches over it
        :raise UserError: the period ends before it begins
        """
        self.ensure_one()
        self.check_access("write")
        self._check_reader()
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins."))
        self.env["bphs.resident.access"]._record_figures(self.display_name, self.date_from, self._last())
        rows = self._rows()
        lines = self.sudo().line_ids  # sudo: lines are made by the page alone
        lines.unlink()
        lines.create([{"page_id": self.id, **row} for row in rows])
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Out of Red"),
        }

    def _rows(self):
        """:return: list of dict, one a place, and one of all at the end"""
        last = self._last()
        units = self.env["bphs.elderly.standing"]._easing_units(self.date_from, last, self._counts_whole())
        here = SQL("SELECT u.* FROM (%s) u WHERE u.institution_id = ANY(%s)", units, self._institutions().ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT place, count(*) FILTER (WHERE eased), count(*) FROM (%s) p GROUP BY place",
                self._placed(self.level, here, last),
            )
        )
        counted = {place: counts for place, *counts in rows}
        told = [(place or 0, name, *counted[place]) for place, name in self._place_names(self.level, counted)]
        if told:
            told.append((TOGETHER, self.env._("Together"), sum(row[2] for row in told), sum(row[3] for row in told)))
        return [
            {
                "place_id": place,
                "name": name,
                "is_total": place == TOGETHER,
                "eased": eased,
                "people": people,
                "shown": Rate(eased, Population(people, name, self.env._("this register"), last)).shown(),
            }
            for place, name, eased, people in told
        ]

    def _last(self):
        return min(self.date_to, self._county_today())


class BphsElderlyEasingLine(models.TransientModel):
    """One place of the page, and the lists behind it."""

    _name = "bphs.elderly.easing.line"
    _description = "Out of Red: a Place"
    _order = "id"

    page_id = fields.Many2one("bphs.elderly.easing", required=True, readonly=True, index=True, ondelete="cascade")
    place_id = fields.Integer(string="Place (Id)", readonly=True, aggregator=None)
    name = fields.Char(string="Place", readonly=True)
    is_total = fields.Boolean(readonly=True)
    eased = fields.Integer(string="Out of Red Now", readonly=True, aggregator=None)
    people = fields.Integer(string="Were Red, and Can Get Out", readonly=True, aggregator=None)
    shown = fields.Char(string="Per Cent", readonly=True)

    def action_eased(self):
        """:return dict: the list of those who got out of red"""
        return self._listed(EASED)

    def action_still(self):
        """:return dict: the list of those who did not"""
        return self._listed(RED)

    def action_all(self):
        """:return dict: the list of all whom the rate is reckoned over"""
        return self._listed(ALL)

    def _listed(self, part):
        self.ensure_one()
        self.check_access("read")
        if self.env["bphs.resident"]._must_search():
            raise UserError(
                self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
            )
        page = self.page_id
        value = "|".join(
            map(str, (part, page.level, self.place_id, page.date_from, page._last(), int(page._counts_whole())))
        )
        parts = {EASED: self.env._("out of red"), RED: self.env._("still red"), ALL: self.env._("all")}
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.name}：{parts[part]}",
            "res_model": "bphs.elderly.standing",
            "views": [(False, "list"), (False, "kanban")],
            "domain": [("easing_list", "=", value)],
        }
