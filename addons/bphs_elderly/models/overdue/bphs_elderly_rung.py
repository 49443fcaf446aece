from odoo import api, fields, models

from ...tools.overdue import SECTION, TEAM_LEADER

LEVELS = [(TEAM_LEADER, "Team Leader"), (SECTION, "Section")]
VISITS = [
    ("worse", "Visit after Becoming Worse"),
    ("red", "Visit in Red"),
    ("yellow", "Visit in Yellow"),
    ("green", "Visit in Green"),
    ("invite", "Invitation to Be Assessed"),
]


class BphsElderlyRung(models.Model):
    """After how many days overdue a visit of a colour is told to the team leader, and to the section."""

    _name = "bphs.elderly.rung"
    _description = "Overdue Visits of Colours: Whom They Are Told To"
    _order = "level desc, days, id"
    _rec_name = "visit"

    visit = fields.Selection(VISITS, required=True)
    level = fields.Selection(LEVELS, string="Who Is Told", required=True)
    days = fields.Integer(string="After Days Overdue", required=True, default=7, aggregator=None)

    _rung_uniq = models.Constraint("UNIQUE(visit, level)", "This visit has such a term already.")
    _days_range = models.Constraint("CHECK(days BETWEEN 1 AND 365)", "Between 1 and 365 days.")

    @api.model
    def _of_level(self, level):
        """:return list: (visit, days) of this level"""
        rungs = self.sudo().search([("level", "=", level)])  # sudo: settings of the county, whoever asks
        return [(rung.visit, rung.days) for rung in rungs]
