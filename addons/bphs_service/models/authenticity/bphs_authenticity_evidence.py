from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.authenticity import verdicts
from .bphs_authenticity_finding import VERDICTS

HOW = [("phone", "By Telephone"), ("home", "At Home"), ("records", "From Other Records"), ("other", "Otherwise")]
WRITTEN = {"verdict", "how", "note"}


class BphsAuthenticityEvidence(models.Model):
    """A record that shows a doubt, and what looking into it came to. Seen by whoever may see the record."""

    _name = "bphs.authenticity.evidence"
    _description = "Record Behind a Doubt"
    _inherit = ["bphs.logged.reading.mixin"]
    _order = "finding_id, sampled desc, id"
    _rec_name = "visit_id"
    _tells_of = "visit_id.resident_id"

    finding_id = fields.Many2one(
        "bphs.authenticity.finding", required=True, readonly=True, index=True, ondelete="restrict"
    )
    visit_id = fields.Many2one("bphs.visit", required=True, readonly=True, index=True, ondelete="restrict")
    resident_id = fields.Many2one(related="visit_id.resident_id")
    done_on = fields.Date(related="visit_id.done_on")
    mode = fields.Selection(related="visit_id.mode")
    systolic = fields.Integer(related="visit_id.systolic")
    diastolic = fields.Integer(related="visit_id.diastolic")
    state = fields.Selection(related="finding_id.state", string="State of the Doubt")
    sampled = fields.Boolean(string="Drawn", readonly=True)
    verdict = fields.Selection(VERDICTS)
    how = fields.Selection(HOW, string="How Verified")
    note = fields.Char(size=300)

    _visit_uniq = models.Constraint("UNIQUE(finding_id, visit_id)", "A record stands in a doubt once.")
    _untrue_index = models.Index("(visit_id) WHERE verdict = 'false'")

    # === CRUD METHODS === #

    def write(self, vals):
        self.check_access("write")
        if closed := sorted(set(vals) - WRITTEN):
            raise UserError(self.env._("%(field)s of a record behind a doubt is not written by hand.", field=closed[0]))
        for evidence in self:
            if not evidence.sampled or evidence.finding_id.sudo().state != "sampled":  # sudo: its state alone
                raise UserError(self.env._("A verdict is given on records that were drawn, while they are verified."))
        self._check_of_others()
        return super().write(vals)

    # Whatever the context says: what was once doubted is kept.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A record behind a doubt is never taken out."))

    # === HELPERS === #

    def _check_of_others(self):
        """:raise AccessError: one of these is the user's own work, or the doubt is about it"""
        # sudo: whose work it is counts, whoever asks
        for evidence in self.sudo() if not self.env.su else ():
            done_by = evidence.visit_id.worker_id.user_id | evidence.finding_id.worker_id.user_id
            if self.env.user in done_by:
                raise AccessError(evidence.finding_id._step_word("apart", "verify", evidence.finding_id))

    @api.model
    def _seen_by_all(self):
        """:return Domain: those of records that others than named persons see as well"""
        return Domain("visit_id.sensitive", "=", False) & Domain("visit_id.resident_id.restricted", "=", False)

    def _write_drawn(self):
        """Mark those the lot fell on: past `write`, which lets nobody choose."""
        return super().write({"sampled": True})

    @api.model
    def _untrue(self, visits):
        """:return set: ids of those of these records that were verified as not true"""
        # sudo: what was found so counts, whoever may read the doubt
        found = self.sudo().search(
            [
                ("visit_id", "in", visits.ids),
                ("verdict", "=", verdicts.FALSE),
                ("finding_id.state", "in", ["verified", "closed"]),
            ]
        )
        return set(found.visit_id.ids)
