from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("child_0_6", "Child of 0 to 6"),
    ("pregnant", "Pregnant or After Birth"),
    ("elderly_65", "65 and Over"),
    ("hypertension", "Hypertension"),
    ("diabetes", "Type 2 Diabetes"),
    ("copd", "COPD"),
    ("smi", "Severe Mental Illness"),
    ("tb", "Tuberculosis"),
    ("disabled", "Disabled"),
    ("low_income", "Low Income"),
    ("poverty_relieved", "Relieved from Poverty"),
    ("special_family", "Special Family Under Family Planning"),
]


class BphsResidentGroup(models.Model):
    """Membership of a resident in a key group (重点人群), with the time and the ground for it."""

    _name = "bphs.resident.group"
    _description = "Key Group of a Resident"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "resident_id, kind, date_from, id"
    _rec_name = "kind"

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True)
    date_from = fields.Date(required=True, default=lambda self: self._county_today())
    date_to = fields.Date()
    basis = fields.Char(size=200, help="Diagnosis and place, certificate and number, or age.")

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A group cannot end before it began.")
    # One at a time of each kind.
    _open_uniq = models.UniqueIndex(
        "(resident_id, kind) WHERE date_to IS NULL", "This resident belongs to this group already."
    )
    _kind_index = models.Index("(kind, resident_id)")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships.resident_id._log_access("change", what=self._labels_in_file({"kind"}))
        memberships.resident_id._on_groups_changed()
        return memberships

    def write(self, vals):
        files = self.resident_id
        result = super().write(vals)
        if "resident_id" in vals:
            self.check_access("write")  # a file out of scope is nobody's to describe
        (files | self.resident_id)._log_access("change", what=self._labels_in_file(vals))
        (files | self.resident_id)._on_groups_changed()
        return result

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su:
            self._origin.resident_id._log_reading()
        return super()._read_format(fnames, load=load)

    def _said_once(self):
        # Moved to another person, it was never the first one's; only the merge of two files does that.
        return super()._said_once() | {"resident_id"}

    def _words_of_closed(self, name):
        if name == "resident_id":
            return self.env._("A key group stays with its person: end it there, and enter it here.")
        return super()._words_of_closed(name)

    def _labels_in_file(self, names):
        """What an entry of the log says was changed: the fields, after the name they have together in the file."""
        together = self.env["bphs.resident"]._labels_of(["group_ids"])
        words = [self._fields[name]._description_string(self.env) for name in sorted(set(names) & set(self._fields))]
        return f"{together} ({self.env._(', ').join(words)})"

    # === CONSTRAINTS === #

    @api.constrains("date_from", "resident_id")
    def _check_date_from(self):
        for membership in self:
            born = membership.resident_id.birth_date
            if born and membership.date_from < born:
                raise ValidationError(self.env._("A group cannot begin before the resident was born."))
