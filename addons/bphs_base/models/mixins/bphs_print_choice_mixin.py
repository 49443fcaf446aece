from odoo import fields, models
from odoo.exceptions import UserError


class BphsPrintChoiceMixin(models.AbstractModel):
    """A dialog that asks what is to be printed, and prints it; an empty paper is refused."""

    _name = "bphs.print.choice.mixin"
    _description = "Chooses What Is Printed"
    _inherit = ["bphs.print.mixin"]

    def action_print(self):
        """Download the form the button names, or say why there is nothing to print."""
        self.ensure_one()
        self.check_access("read")
        if refusal := self._nothing_to_print():
            raise UserError(refusal)
        return super().action_print()

    def _nothing_to_print(self):
        """:return str: why this prints nothing; False where it prints"""
        raise NotImplementedError


class BphsPrintInstitutionMixin(models.AbstractModel):
    """A dialog that prints something of one institution: at first the highest of those the user may see."""

    _name = "bphs.print.institution.mixin"
    _description = "Prints of an Institution"
    _inherit = ["bphs.print.choice.mixin"]

    institution_id = fields.Many2one(
        "bphs.institution",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["bphs.institution"].search([], order="parent_path", limit=1),
    )
