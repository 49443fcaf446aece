from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

REASONS = [
    ("leave", "On Leave"),
    ("ill", "Ill"),
    ("birth", "Before or After Birth"),
    ("training", "In Training"),
    ("posted", "Posted Elsewhere"),
    ("other", "Other"),
]


class BphsTeamAbsence(models.Model):
    """Who is away from when to when, and who stands in: teams and contracts stay as they are meanwhile."""

    _name = "bphs.team.absence"
    _description = "Absence of a Worker"
    _inherit = ["bphs.readable.links.mixin", "bphs.scope.mixin", "bphs.waiting.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "worker_id"
    _waiting_fields = ("substitute_id", "date_to")

    worker_id = fields.Many2one("bphs.worker", string="Who Is Away", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="worker_id.institution_id", store=True, precompute=True)
    date_from = fields.Date(string="First Day", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Last Day", required=True)
    reason = fields.Selection(REASONS, required=True, default="leave")
    substitute_id = fields.Many2one(
        "bphs.worker", string="Stands In", index="btree_not_null", ondelete="restrict", help="Empty: nobody yet."
    )

    _dates_order = models.Constraint("CHECK(date_from <= date_to)", "The last day comes before the first.")
    _another = models.Constraint("CHECK(substitute_id <> worker_id)", "Nobody stands in for themselves.")
    # The extension it needs comes with the foundation.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (worker_id WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days this person is away already.",
    )

    @api.constrains("substitute_id", "date_from", "date_to")
    def _check_substitute(self):
        for absence in self.filtered("substitute_id"):
            meanwhile = [
                ("worker_id", "=", absence.substitute_id.id),
                ("date_from", "<=", absence.date_to),
                ("date_to", ">=", absence.date_from),
            ]
            # sudo: whether somebody is there, whoever may see why not
            if self.sudo().search_count(meanwhile, limit=1):
                raise ValidationError(
                    self.env._("%(name)s is away too on one of these days.", name=absence.substitute_id.name)
                )

    @api.model
    def _of_day(self, day):
        """:return Domain: who is away on a day"""
        return Domain("date_from", "<=", day) & Domain("date_to", ">=", day)

    @api.model
    def _without_substitute(self, day):
        """:return Domain: members of teams who are away on a day, with nobody in their place"""
        members = self.env["bphs.team.member"]
        return (
            self._of_day(day)
            & Domain("substitute_id", "=", False)
            & Domain("worker_id.member_ids", "any", list(members._of_day(day)))
        )
