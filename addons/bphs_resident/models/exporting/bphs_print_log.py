from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS


class BphsPrintLog(models.Model):
    """A form of one person stands in the log for whoever may know of the person: a rule asks for it."""

    _name = "bphs.print.log"
    _inherit = ["bphs.print.log", "bphs.spread.ids.mixin"]

    resident_id = fields.Many2one(
        "bphs.resident", readonly=True, index="btree_not_null", ondelete="restrict", groups=NO_ACCESS
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "resident_id": self._person_of(vals)} for vals in vals_list])

    def _person_of(self, vals):
        """:return: the id of the one person whom the document of an entry tells of, or False"""
        document = self.env[vals["res_model"]].sudo().browse(vals["res_id"])  # sudo: written by the system
        way = getattr(document, "_tells_of", None)
        people = document.mapped(way) if way else document if document._name == "bphs.resident" else ()
        return people.id if len(people) == 1 else False
