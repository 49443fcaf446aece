from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roles import EVALUATORS, OWNERS, UNIT
from ...tools.scores import cut_off

STATES = [
    ("planned", "Planned"),
    ("in_progress", "Entering"),
    ("submitted", "For the Unit to Sign"),
    ("objected", "Objected"),
    ("confirmed", "Signed by Both"),
    ("deemed", "Deemed Signed"),
]
STEPS = {
    # The round was begun.
    "begin": Step(("planned",), "in_progress", by_system=True),
    "sign": Step(("in_progress",), "submitted", side="evaluator"),
    "withdraw": Step(("submitted",), "in_progress", side="evaluator", reason_required=True),
    "confirm": Step(("submitted",), "confirmed", side="unit", access="read", apart_from=("evaluator_ids",)),
    "object": Step(
        ("submitted",), "objected", side="unit", access="read", reason_required=True, apart_from=("evaluator_ids",)
    ),
    "uphold": Step(
        ("objected",), "in_progress", side="owner", access="read", reason_required=True, apart_from=("evaluator_ids",)
    ),
    "dismiss": Step(
        ("objected",), "deemed", side="owner", access="read", reason_required=True, apart_from=("evaluator_ids",)
    ),
    # The unit let the day pass.
    "deem": Step(("submitted",), "deemed", side="owner", access="read", reason_required=True),
}
PLAN = ("evaluation_id", "institution_id", "visit_date", "team", "evaluator_ids")


class BphsEvaluationSheet(models.Model):
    """A unit's sheet in a round (评分表): what was found for each item, and the signatures of both sides.

    Planned with the round; entered by the evaluators, who are never people of the unit; signed by them and then by the
    unit, or objected to. Nobody decides on an objection against what they entered.
    """

    _name = "bphs.evaluation.sheet"
    _description = "Evaluation Sheet"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.print.mixin",
        "bphs.waiting.mixin",
        "bphs.evaluation.untelling.mixin",
        "bphs.township.mixin",
    ]
    _untelling = ("findings",)
    _order = "evaluation_id desc, institution_id"
    _steps = STEPS
    _step_sets = (
        "signed_by_id",
        "signed_at",
        "unit_signed_by_id",
        "unit_signed_at",
        "reason",
    )
    _steps_follow = ("institution_id", "organiser_id")
    _waiting_fields = ("state", "evaluator_ids")
    _writable = {
        # Into which round it belongs is said once, by who runs that round.
        "planned": {"owner": PLAN[1:]},
        "in_progress": {
            "owner": ("visit_date", "team", "evaluator_ids"),
            "evaluator": ("visit_date", "findings", "line_ids", "crossing_ids"),
        },
    }
    _given_at_creation = PLAN

    evaluation_id = fields.Many2one("bphs.evaluation", string="Round", required=True, index=True, ondelete="cascade")
    organiser_id = fields.Many2one(
        related="evaluation_id.institution_id", store=True, index=True, string="Organised By"
    )
    period_id = fields.Many2one(related="evaluation_id.period_id", store=True, index=True)
    institution_id = fields.Many2one(string="Unit")
    visit_date = fields.Date(string="Visited On", help="Planned for, then visited on.")
    team = fields.Char(help="Who goes together.")
    evaluator_ids = fields.Many2many("res.users", "bphs_evaluation_sheet_evaluator_rel", string="Evaluators")
    state = fields.Selection(STATES, required=True, readonly=True, default="planned", copy=False, index=True)
    findings = fields.Text(string="Found in All", help="What is told to the unit beyond the items.")
    line_ids = fields.One2many("bphs.evaluation.line", "sheet_id", string="Items")
    crossing_ids = fields.One2many("bphs.evaluation.crossing", "sheet_id", string="Red Lines Crossed")
    objection_ids = fields.One2many("bphs.evaluation.objection", "sheet_id", string="Objections", readonly=True)
    score_ids = fields.One2many("bphs.evaluation.score", "sheet_id", string="Result", readonly=True)
    signed_by_id = fields.Many2one("res.users", string="Signed by Evaluator", readonly=True, ondelete="restrict")
    signed_at = fields.Datetime(string="Signed by Evaluator at", readonly=True)
    unit_signed_by_id = fields.Many2one("res.users", string="Signed for the Unit", readonly=True, ondelete="restrict")
    unit_signed_at = fields.Datetime(string="Signed by the Unit", readonly=True)
    reason = fields.Char(string="Reason of the Last Step", readonly=True)
    line_count = fields.Integer(string="Number of Items", compute="_compute_progress")
    open_count = fields.Integer(string="Still to Enter", compute="_compute_progress")
    scored = fields.Float(string="Points So Far", digits=(8, 2), compute="_compute_progress")
    lost = fields.Float(string="Points Lost", digits=(8, 2), compute="_compute_progress")

    _unit_uniq = models.Constraint("UNIQUE(evaluation_id, institution_id)", "Each unit has one sheet in a round.")

    # === COMPUTE METHODS === #

    @api.depends("evaluation_id", "institution_id")
    def _compute_display_name(self):
        for sheet in self:
            name = sheet.evaluation_id.sudo().display_name  # sudo: a unit reads its sheet, and not the whole round
            sheet.display_name = f"{name or ''} {sheet.institution_id.name or ''}".strip()

    @api.depends("line_ids.status", "line_ids.score", "line_ids.is_assessed")
    def _compute_progress(self):
        for sheet in self:
            lines = sheet.line_ids
            done = lines.filtered("is_assessed")
            sheet.line_count = len(lines)
            sheet.open_count = len(lines.filtered(lambda line: not line.status))
            sheet.scored = sum(map(to_decimal, done.mapped("score")), to_decimal(0))
            sheet.lost = sum(map(to_decimal, done.mapped("points")), to_decimal(0)) - to_decimal(sheet.scored)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        sheets.evaluation_id._check_in_state(("draft",))
        sheets._check_owner()
        return sheets

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_planned(self):
        self._check_in_state(("planned",))

    @api.constrains("evaluator_ids", "institution_id")
    def _check_evaluators(self):
        """:raise ValidationError: somebody of the unit, or whose role or scope does not reach it"""
        # sudo: the scope of others is read only to check it
        for sheet in self.sudo():
            unit = sheet.institution_id
            for person in sheet.evaluator_ids:
                own = person.bphs_institution_ids
                values = {"person": person.name, "unit": unit.name}
                if own.filtered_domain([("id", "child_of", unit.ids)]):
                    raise ValidationError(
                        self.env._("%(person)s works at %(unit)s and does not evaluate it.", **values)
                    )
                if not person._holds_role(EVALUATORS) or not unit.filtered_domain([("id", "child_of", own.ids)]):
                    raise ValidationError(
                        self.env._("%(person)s cannot evaluate %(unit)s: role or scope do not reach it.", **values)
                    )

    @api.constrains("institution_id", "evaluation_id")
    def _check_unit(self):
        for sheet in self:
            round_ = sheet.evaluation_id.sudo()  # sudo: the plan must hold whoever writes it
            led = sheet.institution_id.filtered_domain([("id", "child_of", round_.institution_id.ids)])
            if not led or sheet.institution_id == round_.institution_id:
                raise ValidationError(
                    self.env._(
                        "%(organiser)s does not lead %(unit)s and cannot evaluate it.",
                        organiser=round_.institution_id.name,
                        unit=sheet.institution_id.name,
                    )
                )

    def _is_on_side(self, side):
        user = self.env.user
        if side == "evaluator":
            return all(user in sheet.evaluator_ids for sheet in self)
        if side == "unit":
            return user._holds_role(UNIT) and all(sheet.institution_id in user.bphs_institution_ids for sheet in self)
        if side == "owner":
            return all(sheet._is_owner() for sheet in self)
        return super()._is_on_side(side)

    def _is_owner(self):
        """Whether the user runs the round: the section that of the bureau, a township its own."""
        user, organiser = self.env.user, self.organiser_id
        if user._holds_role(("primary_care_officer",)):
            return bool(organiser.filtered_domain([("id", "child_of", user.bphs_institution_ids.ids)]))
        return user._holds_role(OWNERS) and organiser in user.bphs_institution_ids

    def _check_owner(self):
        """:raise AccessError: not who runs the round"""
        for sheet in self:
            if not self.env.su and not sheet._is_owner():
                raise self._apart_refusal(self._step_word("role", record=sheet))

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._(
                "The evaluators named enter and sign a sheet, people of the unit sign for it, and who runs the round"
                " decides."
            ),
            "apart:confirm": self.env._("%(name)s: whoever evaluated does not sign for the unit."),
        }

    def _asked_steps(self):
        return {
            "withdraw": (self.env._("Take the Sheet Back"), self.env._("What is to be put right"), True),
            "object": (self.env._("Object"), self.env._("What is wrong, and what shows it"), True),
            "uphold": (self.env._("Uphold the Objection"), self.env._("What is to be entered anew"), True),
            "dismiss": (self.env._("Dismiss the Objection"), self.env._("Why the sheet stands"), True),
            "deem": (self.env._("Count as Signed"), self.env._("How the unit was told, and until when"), True),
        }

    # === FOR THE ROUND === #

    def _document(self):
        """:return dict: the sheet as JSON"""
        return {
            "code": self.institution_id.code,
            "results": {line.item_id.code: line._document() for line in self.line_ids.sorted(_by_item)},
            "red_lines": self.crossing_ids.sorted("id").red_line_id.mapped("code"),
        }

    def _item_scores(self):
        """:return dict: code -> points as printed, None where an item was not assessable"""
        return {
            line.item_id.code: f"{to_decimal(line.score):.2f}" if line.is_assessed else None
            for line in self.line_ids.sorted(_by_item)
        }

    def _score_values(self, score):
        """:return dict: what is kept of how this unit came out
        :param score: of the rules
        """
        names = {line.red_line_id.code: line.red_line_id.display_name for line in self.crossing_ids}
        has_final = score.final is not None
        return {
            "evaluation_id": self.evaluation_id.id,
            "sheet_id": self.id,
            "institution_id": self.institution_id.id,
            "scored": _decimal(score.scored),
            "assessable": _decimal(score.assessable),
            "has_final": has_final,
            "final": _decimal(score.final) if has_final else 0,
            "final_exact": str(score.final) if has_final else False,
            "percent": _decimal(score.percent) if has_final else 0,
            "group_name": score.group,
            "rank": score.rank or 0,
            "red_lines": "；".join(names[code] for code in score.unit.red_lines) or False,
        }

    def _check_open(self):
        """Raise unless the user may enter into these sheets now; holds them against a signature meanwhile.

        :raise AccessError: not one of the evaluators
        :raise UserError: the sheet was signed
        """
        self.check_access("write")
        self._check_in_state(("in_progress",))
        if not self.env.su and not self._is_on_side("evaluator"):
            raise self._apart_refusal(self._step_word("role"))


def _by_item(line):
    return line.item_id.sequence, line.item_id.id


def _decimal(number):
    """Two places as printed: cut off, never rounded up."""
    return str(to_decimal(int(cut_off(number) * 100)).scaleb(-2))
