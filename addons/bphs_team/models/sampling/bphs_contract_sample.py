from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

# Who draws and calls: never who signed.
CALLERS = ("primary_care_officer", "township_director", "township_public_health")
PLAN = ("institution_id", "team_id", "division_id", "date_from", "date_to", "method", "size")
KNOWS, UNAWARE, UNREACHED, WRONG = "knows", "unaware", "unreached", "wrong"


class BphsContractSample(models.Model):
    """Running contracts drawn to ask by telephone whether the person knows of theirs (签约知情抽查).

    Seed and frame are kept, so that anybody can draw the same ones again. What a person says is their contract's own
    confirmation; who was not reached stays in the sample, and out of the rate.
    """

    _name = "bphs.contract.sample"
    _description = "Sampled Calls about Contracts"
    _inherit = ["bphs.draw.mixin", "bphs.waiting.mixin"]
    _steps = {"draw": Step(("draft",), "drawn", CALLERS), "finish": Step(("drawn",), "done", CALLERS)}
    _writable = {"draft": {ANYBODY: PLAN}}
    _given_at_creation = PLAN

    team_id = fields.Many2one("bphs.team", ondelete="restrict", help="Empty: of all teams.")
    division_id = fields.Many2one(
        "bphs.division", string="Village", domain=[("level", "=", "village")], ondelete="restrict",
        help="Empty: of all villages.",
    )  # fmt: skip
    date_from = fields.Date(string="Contracts Signed From")
    size = fields.Integer(string="Contracts to Draw")
    state = fields.Selection([("draft", "To Draw"), ("drawn", "Being Called"), ("done", "Done")])
    frame_size = fields.Integer(string="Running Contracts")
    line_ids = fields.One2many("bphs.contract.sample.line", "sample_id", string="Contracts Drawn", readonly=True)
    unit_ids = fields.One2many("bphs.contract.sample.unit", "sample_id", string="By Township", readonly=True)
    left_count = fields.Integer(string="To Call", compute="_compute_counts", aggregator=None)
    unaware_count = fields.Integer(string="Did Not Know", compute="_compute_counts", aggregator=None)
    reached_words = fields.Char(string="Reached", compute="_compute_counts", help="Of those drawn.")
    knows_words = fields.Char(string="Know of It", compute="_compute_counts", help="Of those reached.")

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "team_id", "division_id", "date_from", "date_to")
    def _compute_display_name(self):
        for sample in self:
            # sudo: the unit, team or village a readable sample names
            of = sample.sudo().division_id or sample.sudo().team_id or sample.sudo().institution_id
            sample.display_name = f"{of.name or ''} {sample.date_from or ''} – {sample.date_to or ''}".strip()

    @api.depends("line_ids.outcome")
    @api.depends_context("uid")
    def _compute_counts(self):
        counts = self.env["bphs.contract.sample.line"]._outcome_counts("sample_id", self._origin.ids)
        for sample in self:
            found = counts.get(sample._origin.id, {})
            drawn, reached = sum(found.values()), found.get(KNOWS, 0) + found.get(UNAWARE, 0)
            sample.left_count = found.get(False, 0)
            sample.unaware_count = found.get(UNAWARE, 0)
            sample.reached_words = sample._part_words(reached, drawn, self.env._("Contracts drawn"))
            sample.knows_words = sample._part_words(found.get(KNOWS, 0), reached, self.env._("People reached"))

    # === CONSTRAINTS === #

    @api.constrains("date_to")
    def _check_date_to(self):
        if any(sample.date_to > self._county_today() for sample in self):
            raise ValidationError(self.env._("Contracts of days to come cannot be drawn."))

    # === ACTIONS === #

    def action_finish(self):
        """End the calling: what was said stands.

        :raise UserError: somebody was not called
        """
        self._check_step("finish")
        for sample in self:
            if sample.left_count:
                raise UserError(self.env._("%(count)s people have not been called yet.", count=sample.left_count))
        self._take_step("finish")

    def action_calls(self):
        """:return: the list of what was drawn, to call from"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_team.bphs_contract_sample_line_action")
        return {**action, "domain": [("sample_id", "=", self.id)]}

    def action_call_next(self):
        """Open the first contract nobody has an answer of yet, as a file is opened, with the sample as the reason.

        :return: the action that shows it
        :raise AccessError: the file is not for this user to see
        :raise UserError: all were called
        """
        self.ensure_one()
        self.check_access("read")
        self._check_caller()
        self._check_in_state(("drawn",))
        # sudo: who of them this user may open; the opening asks for it again
        lines = self.env["bphs.contract.sample.line"].sudo()
        left = lines.search([("sample_id", "=", self.id), ("outcome", "=", False)], order="place")
        visible = left.resident_id.with_env(self.env)
        visible = left.resident_id.filtered_domain(visible._visible_domain())
        line = left.filtered(lambda line: line.resident_id in visible and line._may_be_asked_by(self.env.uid))[:1]
        if not line:
            raise UserError(self.env._("All that are yours to call were called."))
        return line.with_env(self.env)._open()

    # === HELPERS === #

    def _step_words(self):
        drawn = self.env._("%(name)s was drawn and stays as it was.")
        return super()._step_words() | {"role": self._caller_words(), "state": drawn, "closed": drawn}

    def _caller_words(self):
        return self.env._("Contracts are drawn, and people called, by the township and the section.")

    def _check_caller(self):
        if not self.env.su and not self.env.user._holds_role(CALLERS):
            raise AccessError(self._caller_words())

    def _frame_keys(self):
        """Running contracts of the unit that were signed in the period.

        Files for named persons are not drawn: the list would tell of them.
        """
        # sudo: all contracts of the unit, also of people whom one opens one by one; the unit itself was asked for
        contracts = self.env["bphs.contract"].sudo()
        of = (
            contracts._in_force_on(self._county_today())
            & Domain("state", "in", ("running", "renewed"))
            & Domain("signed_on", ">=", self.date_from)
            & Domain("signed_on", "<=", self.date_to)
            & Domain("resident_id.institution_id", "child_of", self.institution_id.id)
            & Domain("resident_id.restricted", "=", False)
        )
        if self.team_id:
            of &= Domain("team_id", "=", self.team_id.id)
        if self.division_id:
            of &= Domain("resident_id.division_id", "=", self.division_id.id)
        return [str(id_) for id_ in contracts.search(of, order="id").ids]

    def _put_down(self, keys):
        lines = self.env["bphs.contract.sample.line"].sudo()  # sudo: what was drawn is written by the draw alone
        lines._put_down(self, [int(key) for key in keys])

    def _drawn_keys(self):
        lines = self.env["bphs.contract.sample.line"].sudo()  # sudo: of all that was drawn, whoever sees which of them
        drawn = lines.search([("sample_id", "=", self._origin.id)], order="place")
        return [str(line.contract_id.id) for line in drawn]

    def _nothing_words(self):
        return self.env._("%(sample)s: there are no running contracts to draw from.", sample=self.display_name)

    def _repeat_words(self):
        return (
            self.env._("Drawn again: the same contracts come out."),
            self.env._("Drawn again: other contracts come out. The sample or its frame was changed."),
        )
