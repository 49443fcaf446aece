from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_resident.models.register.bphs_resident_group import KINDS

# Files of these are hidden; no figure of the board counts them.
HIDDEN = ("smi", "tb")


class BphsTeamWeight(models.Model):
    """How much more somebody of a key group needs than anybody else, who counts one: where no services are planned,
    what a team has to do is reckoned by this."""

    _name = "bphs.team.weight"
    _description = "Weight of a Key Group"
    _order = "weight desc, id"
    _rec_name = "kind"

    kind = fields.Selection([kind for kind in KINDS if kind[0] not in HIDDEN], string="Key Group", required=True)
    weight = fields.Float(
        string="Counts in Addition", digits=(6, 2), required=True, aggregator=None,
        help="A resident counts 1; this is added for each key group they stand in.",
    )  # fmt: skip

    _kind_uniq = models.Constraint("UNIQUE(kind)", "This group stands here already.")
    _weight_range = models.Constraint("CHECK(weight BETWEEN 0 AND 100)", "A weight is 0 to 100.")

    @api.model
    def _told(self):
        """:return dict: {kind: Decimal}"""
        return {row.kind: to_decimal(row.weight) for row in self.sudo().search([])}  # sudo: settings of the county
