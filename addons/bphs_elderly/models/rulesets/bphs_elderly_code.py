from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("condition", "Condition"),
    ("social", "Social Fact"),
    ("finding", "Open Finding"),
    ("event", "Event"),
]


class BphsElderlyCode(models.Model):
    """What rules may name: a disease, a social fact, a finding, an event. A code never changes; its name may."""

    _name = "bphs.elderly.code"
    _description = "Code of a Fact"
    _order = "kind, sequence, id"

    kind = fields.Selection(KINDS, required=True)
    code = fields.Char(required=True)
    name = fields.Char(string="Name of the Fact", required=True, help="As people read it.")
    sequence = fields.Integer(default=100)

    _code_uniq = models.UniqueIndex("(kind, code)", "This code stands in the list already.")

    def write(self, vals):
        if {"kind", "code"} & set(vals):
            self.check_access("write")
            raise UserError(self.env._("A code stays as it is, since rules and facts name it; its name may change."))
        return super().write(vals)

    @api.model
    def _add_missing(self, wanted):
        """Add codes that a set brings along; their name is theirs to give.

        :param wanted: pairs of kind and code
        """
        known = {(row.kind, row.code) for row in self.search([])}
        missing = sorted(set(wanted) - known)
        return self.create([{"kind": kind, "code": code, "name": code} for kind, code in missing])
