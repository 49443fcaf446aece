from odoo import fields, models


class BphsEvaluationEvidence(models.Model):
    """What evaluators photographed on the spot, for one item of a sheet. No person is named in it."""

    _name = "bphs.evaluation.evidence"
    _description = "Evidence of an Evaluation"
    _inherit = ["bphs.evidence.mixin"]
    _order = "id"
    _owner_field = "line_id"

    line_id = fields.Many2one("bphs.evaluation.line", required=True, index=True, ondelete="cascade")

    _upload_key_uniq = models.UniqueIndex(
        "(line_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )


class BphsEvaluationLine(models.Model):
    _inherit = "bphs.evaluation.line"

    def _check_evidence_open(self):
        """Raise unless the user may add and remove what shows these findings.

        :raise AccessError: not one of the evaluators
        :raise UserError: the sheet was signed
        """
        self.check_access("write")
        self._hold()
