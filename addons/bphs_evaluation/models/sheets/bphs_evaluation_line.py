from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.replay_reader import ReplayError

from ...tools.replay import parse
from ...tools.roles import EVALUATORS
from ...tools.scores import score_item
from ..schemes.bphs_evaluation_item import RATES
from ..schemes.bphs_evaluation_scheme_document import number_text

STATUSES = [("entered", "Assessed"), ("not_assessable", "Not Assessable")]
RESULT_FIELDS = frozenset({"value", "numerator", "denominator", "given", "count_ids"})
ENTRY_FIELDS = RESULT_FIELDS | {"status", "note", "reason"}
DIGITS = (13, 0)  # counts up to 10^12, money in fen


class BphsEvaluationLine(models.Model):
    """What was found for one item at one unit, and the points it earns by the item's method.

    What is left empty is not scored as nothing: a line holds a result, or the reason why it cannot be assessed, which
    a second person accepts.
    """

    _name = "bphs.evaluation.line"
    _description = "Line of a Sheet"
    _inherit = ["bphs.evaluation.untelling.mixin", "bphs.scope.mixin"]
    _untelling = ("note", "reason")
    _order = "sheet_id, sequence, id"

    sheet_id = fields.Many2one("bphs.evaluation.sheet", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="sheet_id.institution_id", store=True, precompute=True, string="Unit")
    item_id = fields.Many2one("bphs.evaluation.item", required=True, readonly=True, index=True, ondelete="restrict")
    sequence = fields.Integer(readonly=True)
    method = fields.Selection(related="item_id.method")
    points = fields.Float(related="item_id.points", aggregator=None)
    channel = fields.Selection(related="item_id.channel")
    guide = fields.Text(related="item_id.guide")
    says = fields.Char(related="item_id.says")
    status = fields.Selection(STATUSES, string="Result", index=True)
    value = fields.Selection([("yes", "Yes"), ("no", "No")], string="Met")
    numerator = fields.Float(digits=DIGITS, aggregator=None)
    denominator = fields.Float(digits=DIGITS, aggregator=None)
    given = fields.Float(string="Points Given", digits=(8, 2), aggregator=None)
    count_ids = fields.One2many("bphs.evaluation.count", "line_id", string="Cases")
    note = fields.Text(string="What Was Seen", help="Told to the unit beside the points it lost.")
    reason = fields.Char(string="Why Not Assessable")
    reason_accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    entered_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    evidence_ids = fields.One2many("bphs.evaluation.evidence", "line_id")
    evidence_count = fields.Integer(string="Photos", compute="_compute_evidence_count")
    score = fields.Float(digits=(8, 2), compute="_compute_score", store=True, aggregator=None)
    is_assessed = fields.Boolean(string="Scored", compute="_compute_score", store=True)
    is_lost = fields.Boolean(string="Points Lost", compute="_compute_score", store=True)
    result_text = fields.Char(string="Found", compute="_compute_result_text")
    can_enter = fields.Boolean(compute="_compute_can_enter")

    _item_uniq = models.Constraint("UNIQUE(sheet_id, item_id)", "Each item stands in a sheet once.")
    _counts_range = models.Constraint(
        "CHECK(numerator >= 0 AND denominator >= 0 AND numerator <= 1000000000000 AND denominator <= 1000000000000)",
        "A count lies between 0 and 1,000,000,000,000.",
    )
    _given_range = models.Constraint("CHECK(given >= 0)", "Points are not below zero.")

    # === COMPUTE METHODS === #

    @api.depends("sheet_id", "item_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.item_id.display_name or ''} {line.institution_id.name or ''}".strip()

    @api.depends("status", "value", "numerator", "denominator", "given", "count_ids.count", "item_id")
    def _compute_score(self):
        for line in self:
            points = line._earned()
            line.is_assessed = points is not None
            line.score = points or 0
            line.is_lost = points is not None and points < to_decimal(line.points)

    @api.depends("status", "value", "numerator", "denominator", "given", "count_ids.count", "reason")
    def _compute_result_text(self):
        for line in self:
            line.result_text = line._words()

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        counts = dict(
            self.env["bphs.evaluation.evidence"]._read_group([("line_id", "in", self.ids)], ["line_id"], ["__count"])
        )
        for line in self:
            line.evidence_count = counts.get(line._origin, 0)

    @api.depends("sheet_id.state", "sheet_id.evaluator_ids")
    @api.depends_context("uid")
    def _compute_can_enter(self):
        for line in self:
            line.can_enter = line.sheet_id.state == "in_progress" and self.env.user in line.sheet_id.evaluator_ids

    @api.onchange("value", "numerator", "denominator", "given", "count_ids")
    def _onchange_result(self):
        # What was opened and not touched stays to be entered.
        before = self._origin
        if any(self[name] != before[name] for name in RESULT_FIELDS - {"count_ids"}) or any(
            count.count != count._origin.count for count in self.count_ids
        ):
            self.status = "entered"

    # === CRUD METHODS === #

    @api.model
    def _create_lines(self, sheet, items):
        """Give a sheet its lines; cases of deductions stand ready to be counted."""
        lines = self.create([{"sheet_id": sheet.id, "item_id": item.id, "sequence": item.sequence} for item in items])
        self.env["bphs.evaluation.count"].sudo().create(  # sudo: they follow from the scheme
            [{"line_id": line.id, "case_id": case.id} for line in lines for case in line.item_id.case_ids]
        )
        return lines

    def write(self, vals):
        if self.env.su or not vals:
            return super().write(vals)
        self.check_access("write")
        for name in sorted(set(vals) - ENTRY_FIELDS):
            raise UserError(
                self.env._(
                    "%(field)s of a line is not entered.", field=self._fields[name]._description_string(self.env)
                )
            )
        self._hold()
        if RESULT_FIELDS & set(vals) and "status" not in vals:
            vals = {**vals, "status": "entered"}
        super().write(vals)
        # A reason is accepted as it stood; who entered a line does not accept it.
        self.sudo().write({"reason_accepted_by_id": False, "entered_by_id": self.env.uid})  # sudo: set by this alone
        self._check_scorable()
        return True

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_planned(self):
        self.sheet_id._check_in_state(("planned",))

    # === ACTIONS === #

    def action_accept_reason(self):
        """Accept why an item cannot be assessed: another person than who entered it.

        :raise AccessError: neither an evaluator of the sheet nor who runs the round, or the one who entered it
        :raise UserError: there is no reason
        """
        self.check_access("read")
        for line in self:
            sheet = line.sheet_id
            if not self.env.user._holds_role(EVALUATORS) or not (
                sheet._is_on_side("evaluator") or sheet._is_on_side("owner")
            ):
                raise AccessError(self.env._("Reasons are accepted by the evaluators and by who runs the round."))
            if line.entered_by_id == self.env.user:
                raise AccessError(self.env._("Who entered a reason does not accept it."))
            if line.status != "not_assessable" or not (line.reason or "").strip():
                raise UserError(self.env._("%(line)s has no reason to accept.", line=line.display_name))
            if sheet.evaluation_id.sudo().state != "in_progress":  # sudo: its state alone
                raise UserError(self.env._("%(line)s: the round is scored already.", line=line.display_name))
        self.sudo().write({"reason_accepted_by_id": self.env.uid})  # sudo: set by this step alone

    # === HELPERS === #

    def _hold(self):
        """Hold the sheets against a signature at the same moment, and see that they are open."""
        self.env.execute_query(
            SQL("SELECT id FROM bphs_evaluation_sheet WHERE id = ANY(%s) FOR SHARE", self.sheet_id.ids)
        )
        self.sheet_id._check_open()

    def _document(self):
        """:return dict: the result as JSON; None where it is not assessable"""
        if self.status != "entered":
            return None
        if self.method == "yes_no":
            return {"value": self.value == "yes"}
        if self.method in RATES:
            return {"numerator": int(self.numerator), "denominator": int(self.denominator)}
        if self.method == "manual":
            return {"score": number_text(self.given)}
        return {"counts": {count.case_id.code: count.count for count in self.count_ids if count.count or count.is_told}}

    def _check_scorable(self):
        """:raise UserError: it holds what no rule can score"""
        for line in self:
            try:
                line._parsed()
            except ReplayError as error:
                raise UserError(
                    self.env._("%(item)s cannot be scored: %(problem)s", item=line.item_id.name, problem=error)
                ) from error

    def _parsed(self):
        """:return: the item of the rules, and its result"""
        item = {**self.item_id._document(), "code": "A"}
        scheme = {
            "code": "S",
            "name": "S",
            "total": item["points"],
            "rescale": True,
            "min_assessable": "0",
            "items": [item],
            "red_lines": [],
            "groups": [{"name": "S", "from": "0"}],
        }
        unit = {"code": "U", "results": {"A": self._document()}, "red_lines": []}
        document = parse({"evaluation": scheme, "units": [unit]})
        return document.scheme.items[0], document.units[0].results["A"]

    def _earned(self):
        """:return Decimal: the points, as the rules give them; None where it is not assessable, or no result yet"""
        if self.status != "entered" or not self.item_id:
            return None
        try:
            points = score_item(*self._parsed())
        except ReplayError:
            # Refused when it is kept; on the way there a form may hold anything.
            return None
        return None if points is None else to_decimal(int(points * 100)).scaleb(-2)

    def _words(self):
        """What was found, in a few words."""
        if self.status == "not_assessable":
            return self.env._("not assessable: %(reason)s", reason=self.reason or "")
        if self.status != "entered":
            return ""
        if self.method == "yes_no":
            return dict(self._fields["value"]._description_selection(self.env)).get(self.value, "")
        if self.method in RATES:
            return f"{int(self.numerator)}/{int(self.denominator)}"
        if self.method == "deduct":
            return "、".join(f"{count.case_id.name} {count.count}" for count in self.count_ids if count.count)
        return ""
