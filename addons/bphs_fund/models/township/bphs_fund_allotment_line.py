from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS

# What finance enters; all else on a line is computed.
ENTERED = {"allotment_id", "institution_id", "points", "persons"}


class BphsFundAllotmentLine(models.Model):
    """What one township institution is settled: its points or persons, its score, and what they come to in yuan.

    By points of the whole pool: ``corrected`` = points × coefficient, ``amount`` its share. By points of fixed value:
    ``raw`` by points, ``earned`` = raw × coefficient, ``amount`` = earned + ``bonus``. By persons: ``amount`` alone.
    """

    _name = "bphs.fund.allotment.line"
    _description = "Settlement of a Township Institution"
    _inherit = ["bphs.approval.line.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "allotment_id desc, institution_id, id"
    _approval_parent_field = "allotment_id"

    allotment_id = fields.Many2one(
        "bphs.fund.allotment", string="Settlement", required=True, index=True, ondelete="cascade"
    )
    institution_id = fields.Many2one(string="Township Institution", domain=[("kind", "in", TOWNSHIP_KINDS)])
    period_id = fields.Many2one(
        related="allotment_id.period_id", store=True, precompute=True, index=True, related_sudo=True
    )
    method = fields.Selection(related="allotment_id.method", store=True, precompute=True, related_sudo=True)
    approval_state = fields.Selection(related="allotment_id.approval_state", related_sudo=True)
    points = fields.Float(
        digits=(16, 4), aggregator="sum", help="Standard equivalents (标化工作量) of the work verified."
    )
    persons = fields.Integer(string="Persons Served")
    score_id = fields.Many2one("bphs.fund.score", string="Score Record", compute="_compute_score_id")
    score = fields.Float(digits=(5, 2), readonly=True, aggregator=None)
    coefficient = fields.Float(digits=(5, 4), readonly=True, aggregator=None)
    corrected = fields.Float(string="Corrected Points", digits=(20, 8), readonly=True)
    raw = fields.Monetary(string="By Points", readonly=True)
    earned = fields.Monetary(readonly=True)
    bonus = fields.Monetary(readonly=True)
    amount = fields.Monetary(string="Settled", readonly=True)
    explanation = fields.Json(readonly=True)
    posted = fields.Boolean(readonly=True, help="Finally approved and entered in the ledger.")
    reversed = fields.Boolean(readonly=True, help="A later settlement took this line back.")
    reversal_of_id = fields.Many2one(
        "bphs.fund.allotment.line", string="Takes Back", index="btree_not_null", readonly=True, ondelete="restrict"
    )

    _institution_period_uniq = models.UniqueIndex(
        "(institution_id, period_id) WHERE reversal_of_id IS NULL AND reversed IS NOT TRUE",
        "This institution is settled for this period already.",
    )
    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL", "This line has been taken back already."
    )
    _quantities_sign = models.Constraint(
        "CHECK(reversal_of_id IS NOT NULL OR (COALESCE(points, 0) >= 0 AND COALESCE(persons, 0) >= 0))",
        "Points and persons cannot be below zero.",
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.institution_id.name or ''} {line.period_id.display_name or ''}".strip()

    @api.depends("institution_id", "period_id")
    def _compute_score_id(self):
        scores = self.env["bphs.fund.score"].search(
            [("institution_id", "in", self.institution_id.ids), ("period_id", "in", self.period_id.ids)]
        )
        known = {(score.institution_id, score.period_id): score for score in scores}
        for line in self:
            line.score_id = known.get((line.institution_id, line.period_id), False)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: vals[name] for name in ENTERED if name in vals} for vals in vals_list]
        lines = super().create(vals_list)
        if not self.env.su:
            lines.allotment_id._check_not_reversal()
        lines.allotment_id._inputs_changed()
        return lines

    def write(self, vals):
        if not self.env.su:
            if set(vals) - ENTERED:
                raise UserError(self.env._("Amounts are computed; only points or persons are entered."))
            self.allotment_id._check_not_reversal()
        result = super().write(vals)
        if ENTERED & set(vals):
            self.allotment_id._inputs_changed()
        return result

    def unlink(self):
        allotments = self.allotment_id
        if not self.env.su:
            allotments._check_not_reversal()
        result = super().unlink()
        allotments.exists()._inputs_changed()
        return result

    def action_open_entries(self):
        """:return dict: the ledger entries that this line caused"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_entry_action")
        return {**action, "domain": [("origin_model", "=", self._name), ("origin_id", "=", self.id)], "context": {}}
