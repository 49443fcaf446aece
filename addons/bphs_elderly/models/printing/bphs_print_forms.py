from odoo import api, models

from ...reports.registry import FORMS


class BphsPrintMixin(models.AbstractModel):
    _inherit = "bphs.print.mixin"

    @api.model
    def _printed_forms(self):
        return super()._printed_forms() | FORMS


class BphsElderlyStanding(models.Model):
    """The page for the elder is of their colour."""

    _name = "bphs.elderly.standing"
    _inherit = ["bphs.elderly.standing", "bphs.print.mixin"]

    def _shown_to_all(self):
        """:return: of the same person, the one that everybody who may open the file sees"""
        # sudo: which of the two it is; both are of a person whose row was asked for
        rows = self.sudo().search([("resident_id", "in", self.resident_id.ids), ("whole", "=", False)])
        return rows.sudo(False)  # sudo: back to whoever asked

    def _logged_name(self, file_name):
        return f"{self._name} {self.id}"  # the file is named after the person
