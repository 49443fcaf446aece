from odoo import fields, models


class BphsEvaluationItemPart(models.AbstractModel):
    """What belongs to one item: a step of its rates, or a case that takes points off."""

    _name = "bphs.evaluation.item.part"
    _description = "Part of an Item"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "scheme_id"

    item_id = fields.Many2one("bphs.evaluation.item", required=True, index=True, ondelete="cascade")
    # A column, for the trigger.
    scheme_id = fields.Many2one(related="item_id.scheme_id", store=True, precompute=True, index=True)

    def _wholes_named_by(self, vals_list):
        items = self.env["bphs.evaluation.item"].browse({vals.get("item_id") for vals in vals_list} - {None, False})
        return items.scheme_id

    def _copy_to(self, item):
        for part in self:
            part.copy({"item_id": item.id})
