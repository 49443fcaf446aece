from odoo import fields, models


class BphsFundAllotmentReverse(models.TransientModel):
    """Asks a finance officer for the reason of taking township institutions' settlement back."""

    _name = "bphs.fund.allotment.reverse"
    _description = "Take a Settlement of Township Institutions Back"

    allotment_id = fields.Many2one("bphs.fund.allotment", string="Settlement", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_reverse(self):
        self.ensure_one()
        return self.allotment_id.action_reverse(self.reason)
