from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.states import WORKING_STATES


class BphsRectificationEvidence(models.Model):
    """Proof (佐证) that a task was put right: a photo, a file or a text. Fixed once it was handed in."""

    _name = "bphs.rectification.evidence"
    _description = "Rectification Evidence"
    _inherit = ["bphs.scope.mixin", "bphs.evidence.mixin"]
    _order = "id"
    _owner_field = "rectification_id"

    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(related="rectification_id.institution_id", store=True, precompute=True)
    round = fields.Integer(readonly=True, aggregator=None, help="Handed in for the first time is round 0.")

    _upload_key_uniq = models.UniqueIndex(
        "(rectification_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )

    @api.model
    def _fixed_values(self, owner):
        return {**super()._fixed_values(owner), "round": owner.round}

    def _check_not_fixed(self):
        for proof in self:
            if proof.round < proof.rectification_id.round:
                raise UserError(self.env._("%(name)s was handed in already and stays.", name=proof.name))
            if proof.uploaded_by_id != self.env.user:
                raise AccessError(self.env._("%(name)s is removed by whoever added it.", name=proof.name))


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def _check_evidence_open(self):
        """Raise unless the user may add and remove evidence of these tasks now.

        :raise AccessError: out of scope, or not on the responsible side
        :raise UserError: the state closes it
        """
        self.check_access("read")
        if not self.env.su and not all(task._is_on_side("responsible") for task in self):
            raise AccessError(self.env._("Evidence is handed in by those who put the task right."))
        # The right was checked just above. Held, so that nothing slips in beside a submission.
        self.sudo()._lock_rows()
        self._check_in_state(WORKING_STATES)
