from odoo import fields, models

KINDS = [("oral", "Taken"), ("insulin", "Insulin"), ("other", "Other")]


class BphsVisitMedicine(models.Model):
    """A medicine of a service record: how often, how much, whether it is taken, what it does."""

    _name = "bphs.visit.medicine"
    _description = "Medicine of a Service Record"
    _inherit = ["bphs.medicine.mixin", "bphs.open.part.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "visit_id, sequence, id"
    _tells_of = "visit_id.resident_id"

    visit_id = fields.Many2one("bphs.visit", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Medicine", required=True)
    kind = fields.Selection(KINDS, required=True, default="oral")
    dose_unit = fields.Char(default="mg")
    adherence = fields.Selection([("regular", "Regular"), ("irregular", "Irregular"), ("none", "Takes None")])
    reaction = fields.Char(string="Adverse Reaction")

    _amounts_check = models.Constraint(
        "CHECK(times_a_day >= 0 AND dose >= 0)", "Neither doses nor times a day are below zero."
    )

    # === CRUD METHODS === #

    # === HELPERS === #

    def _check_open(self):
        self.visit_id.check_access("write")  # a record out of scope is nobody's to add to
        self.visit_id._check_writable({"medicine_ids"})
