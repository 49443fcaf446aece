import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

STATES = [("waiting", "Being Made"), ("failed", "Stopped"), ("done", "Made")]


class BphsPrintPackPart(models.Model):
    """One township's forms in one PDF: its list (S6), then each clinic's sheet (S5) and notice (S11)."""

    _name = "bphs.print.pack.part"
    _description = "Forms of a Township"
    _inherit = ["bphs.scope.mixin"]
    _order = "pack_id desc, institution_id, id"
    _rec_name = "institution_id"

    pack_id = fields.Many2one("bphs.print.pack", required=True, index=True, readonly=True, ondelete="cascade")
    settlement_id = fields.Many2one(
        "bphs.fund.settlement", required=True, index=True, readonly=True, ondelete="cascade"
    )
    institution_id = fields.Many2one(
        related="settlement_id.institution_id", string="Township Institution", store=True, required=False
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="waiting")
    failure = fields.Char(string="What Is Wrong", readonly=True)
    file = fields.Binary(string="Forms", readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)

    _settlement_uniq = models.Constraint(
        "UNIQUE(pack_id, settlement_id)", "The forms of this township are being made already."
    )

    def _enqueue(self):
        description = f"{self.pack_id.display_name} {self.institution_id.name}"
        self.with_delay(identity_key=f"{self._name}-{self.id}", description=description)._job_make()

    def _job_make(self):
        """Make the file, once; what no form can be printed for is said on the part, and stops nobody else."""
        self.ensure_one()
        if not self.exists() or self.state == "done":
            return
        try:
            values = {"state": "done", "failure": False, **self._file()}
        except UserError as error:
            values = {"state": "failed", "failure": str(error)}
        # sudo: nobody may write parts; this job was asked for by who may print, and printed under their rights
        self.sudo().write(values)
        self.pack_id._enqueue()

    def _file(self):
        settlement = self.settlement_id
        name, content = settlement._print_file("S6", "pdf")
        files = [content]
        # A taking back has no sheet of its own: it negates one.
        lines = settlement.line_ids.filtered(lambda line: not line.reversal_of_id)
        for line in lines.sorted(lambda line: (line.institution_id.code, line.id)):
            files += [line._print_file(code, "pdf")[1] for code in ("S5", "S11")]
        return {"file": base64.b64encode(merge_pdf(files)), "file_name": name}
