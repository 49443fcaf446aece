from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.verification import DEFAULT_DAYS, WAY_UP
from .bphs_rectification import level_of


class BphsRectification(models.Model):
    """How long proof may wait for its verifier, and who hears of it when it waits longer."""

    _inherit = "bphs.rectification"

    verify_by = fields.Date(
        string="To Be Verified By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set when proof is handed in; a setting changed later moves nothing that waits already.",
    )
    is_verify_overdue = fields.Boolean(
        string="Verification Overdue", compute="_compute_is_verify_overdue", search="_search_is_verify_overdue"
    )

    # === COMPUTE METHODS === #

    @api.depends("state", "verify_by")
    def _compute_is_verify_overdue(self):
        today = self._county_today()
        for task in self:
            task.is_verify_overdue = bool(task.state == "submitted" and task.verify_by and task.verify_by < today)

    def _search_is_verify_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("state", "=", "submitted") & Domain("verify_by", "<", self._county_today())

    # === BUSINESS METHODS === #

    @api.model
    def _verify_by_date(self, day):
        """:return date: until when proof handed in on ``day`` is to be verified"""
        # sudo: a setting, no secret
        days = self.env["ir.config_parameter"].sudo().get_param("bphs_rectification.days_verification")
        return self.env["bphs.working.day"]._add_working_days(day, int(days or DEFAULT_DAYS))

    def _verifiers_by_level(self):
        """Who is told that proof of these tasks waits; whoever did the work or handed in its proof cannot judge it.

        :return dict: {task id: {level: [user id, ...]}}
        """
        submitters = self._submitters()
        found = {}
        for level, tasks in self.grouped(lambda task: level_of(task.institution_id.kind)).items():
            staff = tasks.institution_id._staff_by_level(WAY_UP[level])
            for task in tasks:
                barred = {task.responsible_id.id, *submitters.get(task.id, ())}
                people = staff[task.institution_id.id]
                found[task.id] = {**people, 0: [person for person in people.get(0, ()) if person not in barred]}
        return found
