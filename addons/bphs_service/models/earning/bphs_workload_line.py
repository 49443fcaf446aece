from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.earning import counting
from .bphs_workload import SENSITIVE

KEPT = ("visits_reported", "visits_incomplete", "visits_duplicate", "visits_outside", "visits_shared", "visits_false")


class BphsWorkloadLine(models.Model):
    """Beside each quantity what the service records say of it: numbers alone, of an institution and an item."""

    _inherit = "bphs.workload.line"

    visits_on = fields.Datetime(string="Records Counted At", readonly=True)
    visits_reported = fields.Integer(string="By the Records", readonly=True, help="Records of the item, good or not.")
    visits_incomplete = fields.Integer(string="Not Complete", readonly=True)
    visits_duplicate = fields.Integer(string="Twice on a Day", readonly=True)
    visits_outside = fields.Integer(string="Outside the Window", readonly=True)
    visits_shared = fields.Integer(string="Shared Contact, Not Counted", readonly=True)
    visits_false = fields.Integer(string="Found Not True", readonly=True)
    visits_invalid = fields.Integer(string="Invalid by the Records", compute="_compute_visits")
    visits_difference = fields.Integer(
        string="Difference", compute="_compute_visits", help="Reported, less what the records say."
    )
    visits_words = fields.Char(string="Records Say", compute="_compute_visits")
    visits_source = fields.Selection(
        [("typed", "Typed"), ("records", "Service Records")], string="Source", compute="_compute_visits"
    )

    @api.depends("reported", "visits_on", *KEPT)
    def _compute_visits(self):
        for line in self:
            line.visits_invalid = (
                line.visits_incomplete + line.visits_duplicate + line.visits_outside + line.visits_shared
            )
            counted = bool(line.visits_on)
            line.visits_difference = line.reported - line.visits_reported if counted else 0
            line.visits_words = line._visits_reason() if counted else False
            if counted and line.visits_reported and not line.visits_difference:
                line.visits_source = "records"
            else:
                line.visits_source = "typed" if line.reported else False

    def _visits_reason(self):
        """:return str: why which records do not hold, in words; empty where all do"""
        names = {name: self._fields[name]._description_string(self.env) for name in KEPT[1:-1]}
        return "、".join(f"{words} {self[name]}" for name, words in names.items() if self[name])

    def _proposal(self):
        """:return: (invalid, reason, false) that the records propose, within what is reported; None where it stands"""
        false = min(max(self.visits_false, self.false_qty), self.reported)
        invalid = min(max(self.visits_invalid, self.invalid), self.reported - false)
        if self.state != "submitted" or (invalid, false) == (self.invalid, self.false_qty):
            return None
        # What was found by hand beyond the records keeps its reason.
        reason = "；".join(filter(None, (self.invalid_reason, self._visits_reason()))) if invalid else False
        return invalid, reason, false

    def action_visits(self):
        """Open the records behind the quantity, those that the reader may see.

        :return: the action that lists them
        :raise AccessError: an item of mental illness or tuberculosis, and not a named person
        """
        self.ensure_one()
        self.check_access("read")
        self.env["bphs.visit"].check_access("read")
        if self.item_id.category in SENSITIVE and not self.env.user.has_group("bphs_resident.group_sensitive"):
            raise AccessError(self.env._("Records of mental illness and tuberculosis open to named persons alone."))
        if not self.visits_on:
            raise UserError(self.env._("No records were counted for this item yet."))
        return self.env["bphs.earning"]._list_of(self.period_id, self.institution_id, self.item_id, counting.REPORTED)
