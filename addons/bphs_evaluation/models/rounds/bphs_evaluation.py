from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roles import OWNERS

STATES = [
    ("draft", "Draft"),
    ("in_progress", "Evaluating"),
    ("checking", "Scores to Approve"),
    ("published", "Published"),
]
STEPS = {
    "start": Step(("draft",), "in_progress", roles=OWNERS),
    "score": Step(("in_progress",), "checking", roles=OWNERS),
    "reopen": Step(("checking",), "in_progress", roles=OWNERS, reason_required=True),
    # The last stage of the approval was decided.
    "publish": Step(("checking",), "published", by_system=True),
    # The bulletin gets its number and goes out: asked for as the words of the step.
    "issue": Step(("published",), None, roles=OWNERS, reason_required=True),
}
PLAN = (
    *("name", "institution_id", "period_id", "scheme_id", "document_id", "feeds_settlement", "sheet_ids"),
    *("is_recheck", "recheck_share"),
)
BULLETIN = (
    "bulletin_title",
    "bulletin_to",
    "bulletin_opening",
    "bulletin_figures",
    "bulletin_results",
    "bulletin_problems",
    "bulletin_demands",
    "bulletin_signers",
    "bulletin_copies",
)

# What the step of issuing sets.
ISSUED = ("bulletin_document_id", "bulletin_pdf", "bulletin_word")


def _joined(period, name):
    """2025年第三季度 and 第三季度绩效评价 as 2025年第三季度绩效评价: names often begin as their period ends."""
    for length in range(len(period), 1, -1):
        if name.startswith(period[-length:]):
            return period + name[length:]
    return f"{period} {name}".strip()


class BphsEvaluation(models.Model):
    """A round of evaluation (一轮绩效评价): who evaluates whom, for which period, by which scheme, and how it came out.

    The bureau evaluates the township institutions, a township institution its clinics. Sheets are entered and signed
    by both sides, then the round is scored once for all units, approved in stages and published: scores reach the
    settlement of the period, lost points the register of problems. From then it never changes.
    """

    _name = "bphs.evaluation"
    _description = "Round of Evaluation"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.approval.mixin", "bphs.scope.mixin"]
    _order = "period_id desc, id desc"
    _steps = STEPS
    _step_sets = ("started_by_id", "started_on", "scored_by_id", "scored_on", "published_on", "reopen_reason", *ISSUED)
    _steps_follow = ("approval_state", "institution_id", "bulletin_document_id")
    _writable = {
        "draft": {ANYBODY: PLAN},
        "in_progress": {ANYBODY: ("sheet_ids", "document_id")},
        "checking": {ANYBODY: (*BULLETIN, "document_id")},
    }
    _given_at_creation = PLAN

    name = fields.Char(string="Round", required=True)
    institution_id = fields.Many2one(
        string="Organised By",
        default=lambda self: self._default_institution(),
        domain=lambda self: [("kind", "in", ("health_bureau", *TOWNSHIP_KINDS))],
    )
    level = fields.Selection(
        [("county", "County Evaluates Townships"), ("township", "Township Evaluates Clinics")],
        compute="_compute_level",
        store=True,
        precompute=True,
    )
    period_id = fields.Many2one(
        "bphs.period", required=True, index=True, ondelete="restrict", domain=[("kind", "in", ("quarter", "year"))]
    )
    scheme_id = fields.Many2one(
        "bphs.evaluation.scheme",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "published")],
    )
    document_id = fields.Many2one(
        "bphs.document",
        string="Notice",
        index="btree_not_null",
        ondelete="restrict",
        help="The notice that orders the round.",
    )
    feeds_settlement = fields.Boolean(
        string="Scores Settle Money",
        default=True,
        help="Published, each unit's score is written to the settlement of the period.",
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    started_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    started_on = fields.Date(readonly=True, copy=False)
    scored_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    scored_on = fields.Datetime(readonly=True, copy=False)
    published_on = fields.Date(readonly=True, copy=False)
    reopen_reason = fields.Char(string="Opened Again Because", readonly=True, copy=False)
    sheet_ids = fields.One2many("bphs.evaluation.sheet", "evaluation_id", string="Sheets")
    score_ids = fields.One2many("bphs.evaluation.score", "evaluation_id", string="Scores", readonly=True)
    sheet_count = fields.Integer(string="Units", compute="_compute_counts")
    signed_count = fields.Integer(string="Signed by Both", compute="_compute_counts")
    objected_count = fields.Integer(string="Objections Open", compute="_compute_counts")
    previous_id = fields.Many2one(
        "bphs.evaluation", string="Compared With", compute="_compute_previous_id", compute_sudo=False
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "period_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for round_ in self:
            round_.display_name = _joined(round_.period_id.display_name or "", round_.name or "")

    @api.depends("institution_id.kind")
    def _compute_level(self):
        for round_ in self:
            round_.level = "township" if round_.institution_id.kind in TOWNSHIP_KINDS else "county"

    @api.depends("sheet_ids.state")
    def _compute_counts(self):
        counts = {}
        for round_, state, count in self.env["bphs.evaluation.sheet"]._read_group(
            [("evaluation_id", "in", self.ids)], ["evaluation_id", "state"], ["__count"]
        ):
            counts.setdefault(round_.id, {})[state] = count
        for round_ in self:
            found = counts.get(round_._origin.id, {})
            round_.sheet_count = sum(found.values())
            round_.signed_count = found.get("confirmed", 0) + found.get("deemed", 0)
            round_.objected_count = found.get("objected", 0)

    @api.depends("institution_id", "period_id", "state", "is_recheck")
    def _compute_previous_id(self):
        for round_ in self:
            round_.previous_id = round_._previous()

    def _default_institution(self):
        """The user's own bureau, else their own township institution."""
        own = self.env.user.bphs_institution_ids
        bureaus = own.filtered(lambda one: one.kind == "health_bureau")
        return (bureaus or own.filtered(lambda one: one.kind in TOWNSHIP_KINDS))[:1]

    # === CONSTRAINTS === #

    @api.constrains("institution_id", "period_id")
    def _check_plan(self):
        for round_ in self:
            if round_.institution_id.kind not in ("health_bureau", *TOWNSHIP_KINDS):
                raise ValidationError(self.env._("A round is organised by the bureau or by a township institution."))
            if round_.period_id.kind not in ("quarter", "year"):
                raise ValidationError(
                    self.env._("%(period)s is neither a quarter nor a year.", period=round_.period_id.display_name)
                )

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        self._check_in_state(("draft",))

    def _check_written(self, vals):
        # What the approval itself sets is none of the steps' to refuse.
        if not self._approval_passes():
            super()._check_written(vals)

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("A round is run by the section, or by the township institution that organises it."),
            "closed": self.env._('%(name)s is "%(state)s": "%(field)s" is fixed.'),
            "reason:issue": self.env._("Give the document number of the bulletin."),
        }

    def _asked_steps(self):
        return {
            "reopen": (self.env._("Open the Round Again"), self.env._("What is to be put right"), True),
            "issue": (self.env._("Issue the Bulletin"), self.env._("Its document number, as 县卫字〔2026〕2号"), True),
        }

    def _may_take(self, step):
        # The bureau's round is the section's, a township's that of the township.
        county = self.env.user._holds_role(("primary_care_officer",))
        if step.roles and self.level == "county" and not county:
            return False
        return super()._may_take(step)

    def _is_step_due(self, name):
        # What waits for approval stands still; a bulletin goes out once.
        return {"reopen": self.approval_state == "draft", "issue": not self.bulletin_document_id}.get(name, True)

    # === ACTIONS === #

    def action_add_units(self):
        """Put every unit the organiser leads into the plan that is not in it yet.

        :raise UserError: the round has begun
        """
        self.check_access("write")
        self._check_in_state(("draft",))
        kinds = {"county": TOWNSHIP_KINDS, "township": CLINIC_KINDS}
        for round_ in self:
            units = self.env["bphs.institution"].search(
                [("id", "child_of", round_.institution_id.ids), ("kind", "in", kinds[round_.level])]
            )
            self.env["bphs.evaluation.sheet"].create(
                [
                    {"evaluation_id": round_.id, "institution_id": unit.id}
                    for unit in units - round_.sheet_ids.institution_id
                ]
            )

    def action_sheets(self):
        """:return dict: the list of the round's sheets"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_evaluation.bphs_evaluation_sheet_action")
        return {**action, "domain": [("evaluation_id", "=", self.id)], "context": {}}

    def action_scores(self):
        """:return dict: the ranking of the round"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_evaluation.bphs_evaluation_score_action")
        return {**action, "domain": [("evaluation_id", "=", self.id)], "context": {}}

    # === HELPERS === #

    def _previous(self):
        """:return: the last round of the same organiser that was published for a period before this one's"""
        if not self.institution_id or not self.period_id:
            return self.browse()
        return self.search(
            [
                ("institution_id", "=", self.institution_id.id),
                ("state", "=", "published"),
                ("period_id.kind", "=", self.period_id.kind),
                ("period_id.date_end", "<", self.period_id.date_start),
            ],
            limit=1,
        )

    def _check_units(self):
        """:raise UserError: a unit that the organiser does not lead, or nobody to evaluate it"""
        for round_ in self:
            if not round_.sheet_ids:
                raise UserError(self.env._("%(round)s: add the units to evaluate.", round=round_.display_name))
            for sheet in round_.sheet_ids.filtered(lambda sheet: not sheet.evaluator_ids):
                raise UserError(self.env._("%(unit)s: say who evaluates it.", unit=sheet.institution_id.name))
