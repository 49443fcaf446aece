from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.roles import EVALUATORS

VERDICTS = [
    ("genuine", "Genuine"),
    ("partly", "Partly Untrue"),
    ("false", "Untrue"),
    ("unverifiable", "Cannot Be Verified"),
]
WAYS = [("visit", "Household Visit"), ("phone", "By Phone"), ("record", "Against Other Records")]
ENTRY = frozenset({"verdict", "way", "finding", "is_unreachable"})


class BphsEvaluationSampleRecord(models.Model):
    """A record that was drawn, or a reserve that stands in for it, and what its verification found."""

    _name = "bphs.evaluation.sample.record"
    _description = "Record to Verify"
    _inherit = ["bphs.evaluation.untelling.mixin", "bphs.scope.mixin"]
    _untelling = ("finding",)
    _order = "sample_id desc, unit_id, place, id"
    _rec_name = "reference"

    sample_id = fields.Many2one("bphs.evaluation.sample", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(
        related="sample_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    unit_id = fields.Many2one("bphs.institution", required=True, readonly=True, index=True, ondelete="restrict")
    place = fields.Integer(string="No.", readonly=True, aggregator=None)
    reference = fields.Char(required=True, readonly=True)
    stands_in_for = fields.Char(string="Reserve For", readonly=True)
    is_unreachable = fields.Boolean(string="Unreachable", help="A reserve stands in.")
    verdict = fields.Selection(VERDICTS, index=True)
    way = fields.Selection(WAYS, string="Verified By")
    finding = fields.Char(help="What does not agree; no name, no number of a person.")
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    checked_on = fields.Date(readonly=True)

    _reference_uniq = models.Constraint("UNIQUE(sample_id, reference)", "Each record is drawn once.")

    def write(self, vals):
        if not self.env.su and vals:
            self.check_access("write")
            for name in sorted(set(vals) - ENTRY):
                raise UserError(
                    self.env._("%(field)s was drawn.", field=self._fields[name]._description_string(self.env))
                )
            self._check_may_verify(vals)
            # sudo: who checked is nobody's to say
            self.sudo().write({"checked_by_id": self.env.uid, "checked_on": self._county_today()})
        return super().write(vals)

    def _check_may_verify(self, vals):
        """:raise AccessError: not a role that evaluates, or of the unit itself
        :raise UserError: the sample is not being checked, or a reserve whose place was reached
        """
        if not self.env.user._holds_role(EVALUATORS):
            raise AccessError(self.env._("Records are verified by evaluators."))
        for record in self:
            record.sample_id._check_in_state(("drawn",))
            if record.unit_id in self.env.user.bphs_institution_ids:
                raise AccessError(self.env._("%(unit)s does not verify its own records.", unit=record.unit_id.name))
            first = record._drawn()
            if vals.get("verdict") and record.stands_in_for and not first.is_unreachable:
                raise UserError(
                    self.env._(
                        "%(reserve)s stands in only where %(record)s cannot be reached.",
                        reserve=record.reference,
                        record=first.reference,
                    )
                )
            if vals.get("verdict") and vals.get("is_unreachable", record.is_unreachable):
                raise UserError(
                    self.env._("%(record)s cannot be reached: its reserve is verified.", record=record.reference)
                )

    def _drawn(self):
        """:return: the record that was drawn for this place"""
        if not self.stands_in_for:
            return self
        return self.sample_id.record_ids.filtered(lambda one: one.reference == self.stands_in_for)

    def _settled(self):
        """Whether the place has a verdict: of the record, or of a reserve where it cannot be reached."""
        if self.verdict:
            return True
        reserves = self.sample_id.record_ids.filtered(lambda one: one.stands_in_for == self.reference)
        # Where nobody of them can be reached the place stays empty.
        return self.is_unreachable and all(reserves.mapped("is_unreachable")) or any(reserves.mapped("verdict"))
