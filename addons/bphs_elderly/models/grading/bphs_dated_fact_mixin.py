from odoo import models

from ..facts.records import RECORDS

HEADS = {model: head for head, model in RECORDS.items()}


class BphsDatedFactMixin(models.AbstractModel):
    """A fact that was voided grades its elder again at once, without a proposal."""

    _inherit = "bphs.dated.fact.mixin"

    def action_void(self, reason):
        # What follows from it is graded with what is known of it: that it never was.
        result = super().action_void(reason)
        records = frozenset(f"{HEADS[self._name]}{fact.id}" for fact in self)
        self.sudo().resident_id._regrade(records)  # sudo: gradings follow from facts, whoever entered them
        return result
