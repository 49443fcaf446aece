from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS


class BphsPrintLog(models.Model):
    """A form of one person stands in the log for whoever may know of the person: a rule asks for it."""

    _name = "bphs.print.log"
    _inherit = ["bphs.print.log", "bphs.spread.ids.mixin"]

    # For the record rules alone.
    person_ids = fields.One2many("bphs.print.log.person", "log_id", readonly=True, groups=NO_ACCESS)

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        people = [(entry.id, entry._person().id) for entry in entries]
        # sudo: nobody has a right to these rows; who prints is in the log
        self.env["bphs.print.log.person"].sudo().create(
            [{"log_id": entry, "resident_id": person} for entry, person in people if person]
        )
        return entries

    def _person(self):
        """:return bphs.resident: the one person whom the document of this entry tells of, or none"""
        document = self.env[self.res_model].sudo().browse(self.res_id)  # sudo: written by the system
        way = getattr(document, "_tells_of", None)
        none = self.env["bphs.resident"]
        people = document.mapped(way) if way else document if document._name == none._name else none
        return people if len(people) == 1 else none


class BphsPrintLogPerson(models.Model):
    """Whose form an entry of the print log is of. The log belongs to both wings and names nobody itself."""

    _name = "bphs.print.log.person"
    _description = "Person of a Printed Form"
    _inherit = ["bphs.append.only.mixin", "bphs.spread.ids.mixin"]
    _log_access = False

    log_id = fields.Many2one("bphs.print.log", required=True, readonly=True, ondelete="restrict")
    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")

    _log_uniq = models.Constraint("UNIQUE(log_id)", "An entry of the print log is of one person.")
