import base64
import binascii
import re

from odoo import api, fields, models

from odoo.addons.bphs_rectification.tools.pictures import bare_picture

# What a file is, by the end of its name; the rest of the name may tell of a person.
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class BphsEvaluationEvidence(models.Model):
    """What evaluators photographed on the spot, for one item of a sheet.

    It goes by the item and a number, and holds nothing but the picture: the name of a file, and what a camera writes
    beside a picture, could tell of a person.
    """

    _name = "bphs.evaluation.evidence"
    _description = "Evidence of an Evaluation"
    _inherit = ["bphs.evidence.mixin"]
    _order = "id"
    _owner_field = "line_id"

    line_id = fields.Many2one("bphs.evaluation.line", required=True, index=True, ondelete="cascade")

    _upload_key_uniq = models.UniqueIndex(
        "(line_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Counted on from what is there, so that two of one call differ.
        lines = self.env["bphs.evaluation.line"].browse({vals.get("line_id") for vals in vals_list} - {None, False})
        counts = {line.id: line.evidence_count for line in lines}
        named = []
        for vals in vals_list:
            line = lines.browse(vals.get("line_id") or [])
            if line:
                counts[line.id] += 1
                suffix = SUFFIX.search(str(vals.get("name") or ""))
                name = f"{line.item_id.code}-{counts[line.id]}{suffix.group() if suffix else ''}"
                vals = {**vals, "name": name, "attachment": _bare(vals.get("attachment"))}
            named.append(vals)
        return super().create(named)


def _bare(attachment):
    """Base64 of a picture without what stands beside it; what is none is told of by the checks that follow."""
    try:
        content = base64.b64decode(attachment or b"", validate=True)
    except (binascii.Error, ValueError):
        return attachment
    return base64.b64encode(bare_picture(content)) if content else attachment


class BphsEvaluationLine(models.Model):
    _inherit = "bphs.evaluation.line"

    def _check_evidence_open(self):
        """Raise unless the user may add and remove what shows these findings.

        :raise AccessError: not one of the evaluators
        :raise UserError: the sheet was signed
        """
        self.check_access("write")
        self._hold()
