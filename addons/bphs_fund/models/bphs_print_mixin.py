from odoo import models
from odoo.exceptions import UserError


class BphsPrintMixin(models.AbstractModel):
    """A document that can be taken out as a printed form or a workbook."""

    _name = "bphs.print.mixin"
    _description = "Can Be Printed"

    def action_print(self):
        """Download the form the button names in its context (`print_code`, `print_kind` pdf or xlsx)."""
        self.ensure_one()
        self.check_access("read")
        code = self.env.context.get("print_code")
        kind = self.env.context.get("print_kind", "pdf")
        if not isinstance(code, str) or not code.isalnum() or kind not in ("pdf", "xlsx"):
            raise UserError(self.env._("There is no such form."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/bphs_fund/print/{code}/{self._name}/{self.id}.{kind}",
            "target": "download",
        }
