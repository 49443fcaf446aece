from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsFundCountersign(models.TransientModel):
    """Shows a second person of finance what they confirm (复核), and confirms that and nothing else."""

    _name = "bphs.fund.countersign"
    _description = "Confirm as Second Person"

    res_model = fields.Char(required=True, readonly=True)
    line_ids = fields.One2many("bphs.fund.countersign.line", "countersign_id", readonly=True)

    @api.model
    def _open(self, records):
        """:return dict: the window for the drafts among `records`"""
        drafts = records.filtered(lambda record: record.state == "draft")
        if not drafts:
            raise UserError(self.env._("Nothing here waits for a second person."))
        dialog = self.create(
            {
                "res_model": records._name,
                "line_ids": [
                    Command.create({"res_id": record.id, "content_hash": record.content_hash}) for record in drafts
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm as Second Person"),
            "res_model": self._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_countersign(self):
        """Confirm what is shown, by the records' own step and its checks."""
        self.ensure_one()
        self._records()._countersign({str(line.res_id): line.content_hash for line in self.line_ids})
        return {"type": "ir.actions.act_window_close"}

    def _records(self):
        model = self.env.registry.get(self.res_model)
        if not model or not issubclass(model, self.env.registry["bphs.fund.countersign.mixin"]):
            raise UserError(self.env._("%(model)s is not confirmed by a second person.", model=self.res_model))
        return self.env[self.res_model].browse(self.line_ids.mapped("res_id"))


class BphsFundCountersignLine(models.TransientModel):
    """One record as it is confirmed."""

    _name = "bphs.fund.countersign.line"
    _description = "Confirmed by a Second Person"

    countersign_id = fields.Many2one("bphs.fund.countersign", required=True, index=True, ondelete="cascade")
    res_id = fields.Integer(required=True)
    content_hash = fields.Char(required=True)
    entered_by_id = fields.Many2one("res.users", compute="_compute_particulars")
    particulars = fields.Text(compute="_compute_particulars", string="What Is Confirmed")

    @api.depends("res_id", "countersign_id.res_model")
    def _compute_particulars(self):
        for line in self:
            record = line.countersign_id._records().browse(line.res_id)
            line.entered_by_id = record.proposed_by_id
            line.particulars = record._countersigned_text()
