from odoo import fields, models


class BphsScopeMixin(models.AbstractModel):
    """A record that belongs to one institution and is seen by those whose scope holds it.

    The record rule itself is written out per model, in `security/`, as
    ``[("institution_id", "child_of", user.bphs_institution_ids.ids)]``: a rule that stands in a
    file can be read by an auditor, one made by code cannot.
    """

    _name = "bphs.scope.mixin"
    _description = "Belongs to an Institution"

    institution_id = fields.Many2one(
        "bphs.institution", required=True, index=True, ondelete="restrict"
    )
