from odoo import api, fields, models


class BphsScopeMixin(models.AbstractModel):
    """A record that belongs to one institution and is seen by those whose scope holds it.

    The record rule itself is written out per model, in `security/`, as
    ``[("institution_id", "child_of", user.bphs_institution_ids.ids)]``: a rule that stands in a
    file can be read by an auditor, one made by code cannot.
    """

    _name = "bphs.scope.mixin"
    _description = "Belongs to an Institution"

    institution_id = fields.Many2one("bphs.institution", required=True, index=True, ondelete="restrict")


class BphsTownshipMixin(models.AbstractModel):
    """A record of an institution that stays with the township institution that led it then.

    A clinic led by another hospital later keeps its history, and the hospital what it answered for.
    """

    _name = "bphs.township.mixin"
    _description = "Belongs to an Institution and Who Led It"
    _inherit = ["bphs.scope.mixin"]

    township_id = fields.Many2one(
        "bphs.institution",
        string="Township Institution",
        compute="_compute_township_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )

    @api.depends("institution_id")
    def _compute_township_id(self):
        for record in self:
            record.township_id = record.institution_id.township_id
