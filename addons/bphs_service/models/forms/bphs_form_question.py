import re

from odoo import fields, models
from odoo.exceptions import ValidationError

from ...tools.forms import Question

KINDS = [
    ("char", "Text"),
    ("text", "Long Text"),
    ("integer", "Whole Number"),
    ("float", "Number"),
    ("boolean", "Yes or No"),
    ("date", "Date"),
    ("selection", "One of Several"),
    ("tags", "Any of Several"),
]
CODE = re.compile(r"[a-z][a-z0-9_]*")
CHOSEN = ("selection", "tags")
NUMBERS = ("integer", "float")


class BphsFormQuestion(models.Model):
    """A question of a form: its kind, choices, unit, what is plausible, and when it must be answered."""

    _name = "bphs.form.question"
    _description = "Question of a Service Form"
    _inherit = ["bphs.open.part.mixin"]
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("bphs.form.template", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=1000)
    section = fields.Char()
    code = fields.Char(required=True, help="Where a visit has a column of this name, the answer stands there.")
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="char")
    choices = fields.Text(help="Code and words of each, parted by a bar: “1 none|2 some”.")
    unit = fields.Char()
    low = fields.Float(string="Plausible From", aggregator=None)
    high = fields.Float(string="Plausible To", aggregator=None, help="Zero: no bounds.")
    required = fields.Boolean(help="A record without an answer is not complete.")
    when_code = fields.Char(string="Asked by", help="Code of the question whose answer decides whether this is asked.")
    when_answers = fields.Char(string="Answered", help="Codes of the answers on which it is asked, parted by blanks.")

    _code_uniq = models.Constraint("UNIQUE(template_id, code)", "A question stands once in a form.")

    # === HELPERS === #

    def _check_open(self):
        self.template_id._check_writable({"question_ids"})

    def _is_column(self):
        return self.code in self.env["bphs.visit"]._form_columns()

    def _check_askable(self):
        if not CODE.fullmatch(self.code):
            raise ValidationError(
                self.env._("%(code)s: small letters of ASCII, digits and _ make a code.", code=self.code)
            )
        if self.kind in CHOSEN and not self._is_column() and not self._choices():
            raise ValidationError(self.env._("%(question)s: there is nothing to choose from.", question=self.name))

    def _choices(self):
        """:return: list of (code, words)"""
        parted = (choice.strip().partition(" ") for choice in (self.choices or "").split("|"))
        return [(code, words) for code, _blank, words in parted if code and words]

    def _core(self):
        when = (self.when_code, frozenset((self.when_answers or "").split())) if self.when_code else None
        bounds = (self.low, self.high) if self.kind in NUMBERS and (self.low or self.high) else (None, None)
        return Question(self.code, self.kind, self.required, when, *bounds)

    def _definition(self):
        """The property of this question, or None where its answer stands in a column."""
        if self._is_column():
            return None
        definition = {"name": self.code, "string": self.name, "type": self.kind}
        if self.unit:
            definition["string"] = f"{self.name}（{self.unit}）"
        if self.kind == "selection":
            definition["selection"] = [list(choice) for choice in self._choices()]
        elif self.kind == "tags":
            definition["tags"] = [[code, words, index % 11] for index, (code, words) in enumerate(self._choices())]
        return definition

    def _from_sheet(self, row, sequence, templates):
        """:return: the values of a row of `data/forms/questions.csv`"""
        values = {**row, "template_id": templates[row["form"]].id, "sequence": sequence}
        values |= {name: float(row[name] or 0) for name in ("low", "high")}
        values["required"] = bool(row["required"])
        del values["form"]
        return values
