from odoo import api, fields, models
from odoo.tools import SQL

DUE = """
    SELECT f.resident_id, min(f.due_on), bool_or(f.due_on < %(today)s)
      FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id
      JOIN bphs_elderly_standing s ON s.resident_id = f.resident_id AND NOT s.whole
     WHERE f.resident_id = ANY(%(ids)s) AND %(serves)s AND %(state)s IN ('open', 'overdue', 'planned')
     GROUP BY f.resident_id
"""
OVERDUE = """
    (SELECT f.resident_id FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id
       JOIN bphs_elderly_standing s ON s.resident_id = f.resident_id AND NOT s.whole
      WHERE f.due_on < %(today)s AND f.closed_on IS NULL AND %(serves)s AND %(state)s = 'overdue')
"""


class BphsElderlyStanding(models.Model):
    """When an elder is to be seen next for the colour, and who is overdue."""

    _inherit = "bphs.elderly.standing"

    due_on = fields.Date(string="See Next by", compute="_compute_due")
    overdue = fields.Boolean(compute="_compute_due", search="_search_overdue")

    def _compute_due(self):
        self.env["bphs.followup"].flush_model()
        query = SQL(DUE, ids=self.resident_id.ids, **self._asked_of_due())
        due = {id_: found for id_, *found in self.env.execute_query(query)}
        for standing in self:
            standing.due_on, standing.overdue = due.get(standing.resident_id.id, (False, False))

    def _search_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env["bphs.followup"].flush_model()
        return [("resident_id", "in", SQL(OVERDUE, **self._asked_of_due()))]

    @api.model
    def _asked_of_due(self):
        today = self._county_today()
        followups = self.env["bphs.followup"]
        state = followups._state_sql(SQL.identifier("f"), today)
        return {"serves": followups._serves_colour(SQL("s.colour"), today), "today": today, "state": state}

    def action_open_file(self):
        """:return dict: the elder's file"""
        self.ensure_one()
        return self.resident_id.action_open()
