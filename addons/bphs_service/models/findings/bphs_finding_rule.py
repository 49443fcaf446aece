import csv
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import file_open

from ...tools.facts import CONDITIONS
from ...tools.findings import FindingRule

OPERATORS = [(">=", "≥"), (">", ">"), ("<=", "≤"), ("<", "<"), ("in", "One of")]
SEVERITIES = [("critical", "Critical"), ("recheck", "To Be Rechecked")]


class BphsFindingRule(models.Model):
    """What counts as abnormal in an exam (异常标准): one answer, one bound. A finding keeps what it was found by."""

    _name = "bphs.finding.rule"
    _description = "Rule of Findings"
    _order = "sequence, id"
    _rec_name = "name"

    sequence = fields.Integer(default=1000)
    active = fields.Boolean(default=True)
    code = fields.Char(string="Finding (code)", required=True, help="Rules of one code make one finding.")
    name = fields.Char(string="Finding", required=True)
    forms = fields.Char(string="Forms (codes)", required=True, help="Codes of the forms, parted by blanks.")
    question = fields.Char(string="Question (code)", required=True)
    question_name = fields.Char(string="Question", compute="_compute_question_name")
    op = fields.Selection(OPERATORS, string="Is", required=True, default="in")
    value = fields.Float(digits=(8, 2), aggregator=None)
    answers = fields.Char(string="Abnormal Answers", help="Codes of the abnormal answers, parted by blanks.")
    sex = fields.Selection([("male", "Male"), ("female", "Female")], help="Empty: both.")
    severity = fields.Selection(SEVERITIES, required=True, default="recheck")
    days = fields.Integer(string="Days to Handle It", default=30, aggregator=None)
    advice = fields.Char(help="What is to be done about it.")
    condition = fields.Selection(CONDITIONS, help="The disease it speaks for, once it is diagnosed.")
    words_code = fields.Char(string="Told by (code)", help="The question whose answer says what was seen.")

    _days_check = models.Constraint("CHECK(days >= 0)", "Days to handle a finding are not below zero.")

    # === COMPUTE METHODS === #

    @api.depends("question", "forms")
    def _compute_question_name(self):
        asked = Domain("code", "in", self.mapped("question"))
        # sudo: forms are the whole county's
        questions = self.env["bphs.form.question"].sudo().search(asked, order="id")
        name = {(one.template_id.code, one.code): one.name for one in questions}  # as the last version asks it
        for rule in self:
            names = [name.get((form, rule.question)) for form in (rule.forms or "").split()]
            rule.question_name = next(filter(None, names), False)

    # === CONSTRAINTS === #

    @api.constrains("op", "answers")
    def _check_answers(self):
        for rule in self:
            if rule.op == "in" and not (rule.answers or "").split():
                raise ValidationError(self.env._("%(rule)s: say which answers are abnormal.", rule=rule.name))

    # === HELPERS === #

    def _by_form(self):
        """:return dict: form -> its rules, in order, as `tools.findings` reads them; under the empty name all"""
        forms = {code for rule in self for code in rule.forms.split()}
        return {"": self._core()} | {
            form: self.filtered(lambda rule, form=form: form in rule.forms.split())._core() for form in sorted(forms)
        }

    @api.model
    def _all(self):
        # sudo: the county's rules, whoever enters the exam
        return self.sudo().search([("code", "!=", False)])

    def _core(self):
        return [
            FindingRule(
                rule.id,
                rule.code,
                rule.question,
                rule.op,
                Decimal(str(rule.value)),
                frozenset((rule.answers or "").split()),
                rule.sex or None,
                rule.severity,
            )
            for rule in self
        ]

    @api.model
    def _load_shipped(self):
        """Make the rules that are shipped, from `data/findings`; of a finding that has rules already those stay."""
        standing = {code for (code,) in self.with_context(active_test=False)._read_group([], ["code"])}
        with file_open("bphs_service/data/findings/rules.csv") as file:
            rows = [{key: value or False for key, value in row.items()} for row in csv.DictReader(file)]
        self.create(
            [
                {**row, "sequence": at, "value": float(row["value"] or 0)}
                for at, row in enumerate(rows, start=1)
                if row["code"] not in standing
            ]
        )
