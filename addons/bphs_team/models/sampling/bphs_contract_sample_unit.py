from odoo import api, fields, models

from .bphs_contract_sample import KNOWS, UNAWARE, UNREACHED, WRONG


class BphsContractSampleUnit(models.Model):
    """What the calls of a sample came to in a township: counts alone, for whoever sees no person there."""

    _name = "bphs.contract.sample.unit"
    _description = "Township of a Sample of Contracts"
    _inherit = ["bphs.scope.mixin"]
    _order = "sample_id desc, id"
    _rec_name = "township_id"

    sample_id = fields.Many2one("bphs.contract.sample", required=True, readonly=True, index=True, ondelete="cascade")
    # Whose affair it is: who drew.
    institution_id = fields.Many2one(related="sample_id.institution_id", store=True, precompute=True)
    township_id = fields.Many2one("bphs.institution", required=True, readonly=True, ondelete="restrict")
    line_ids = fields.One2many("bphs.contract.sample.line", "unit_id", readonly=True)
    drawn_count = fields.Integer(string="Drawn", compute="_compute_counts", aggregator="sum")
    knows_count = fields.Integer(string="Know of It", compute="_compute_counts", aggregator="sum")
    unaware_count = fields.Integer(string="Did Not Know", compute="_compute_counts", aggregator="sum")
    unreached_count = fields.Integer(string="Nobody Answered", compute="_compute_counts", aggregator="sum")
    wrong_count = fields.Integer(string="Wrong Number", compute="_compute_counts", aggregator="sum")
    knows_words = fields.Char(string="Know of It, of Those Reached", compute="_compute_counts")

    _once = models.Constraint("UNIQUE(sample_id, township_id)", "This township stands in the sample already.")

    @api.depends("line_ids.outcome")
    @api.depends_context("uid")
    def _compute_counts(self):
        counts = self.env["bphs.contract.sample.line"]._outcome_counts("unit_id", self._origin.ids)
        for unit in self:
            found = counts.get(unit._origin.id, {})
            unit.drawn_count = sum(found.values())
            unit.knows_count, unit.unaware_count = found.get(KNOWS, 0), found.get(UNAWARE, 0)
            unit.unreached_count, unit.wrong_count = found.get(UNREACHED, 0), found.get(WRONG, 0)
            reached = unit.knows_count + unit.unaware_count
            unit.knows_words = unit.sample_id._part_words(unit.knows_count, reached, self.env._("People reached"))
