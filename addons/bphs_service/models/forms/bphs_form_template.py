import csv

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import file_open

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

SCALES = [
    ("self_care", "Self-Care"),
    ("gds15", "Mood (GDS-15)"),
    ("ad8", "Cognition (AD8)"),
    ("tcm", "TCM Constitution"),
]
TYPED = ("name", "code", "sequence", "item_id", "scale", "sensitive", "source", "question_ids")


class BphsFormTemplate(models.Model):
    """A form of the specification (服务记录表), in versions: what is asked, and what of it must be answered.

    What rules, lists and figures read stands in columns of the visit; the rest are properties, whose definition follows
    from the questions when the version is published (docs/decisions/0039-forms-as-properties.md).
    """

    _name = "bphs.form.template"
    _description = "Service Form"
    _inherit = ["bphs.versioned.mixin"]
    _order = "sequence, code, version desc"
    _rec_names_search = ["name", "code"]
    _writable = {"draft": {ANYBODY: TYPED}, "published": {ANYBODY: ("sequence",)}}
    _given_at_creation = (*TYPED, "version")

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="The same for all versions of a form.")
    sequence = fields.Integer(default=10)
    item_id = fields.Many2one("bphs.service.item", string="Service Item", ondelete="restrict")
    scale = fields.Selection(SCALES, help="What its answers are added up by.")
    sensitive = fields.Boolean(help="Its records are for named persons alone.")
    source = fields.Char()
    question_ids = fields.One2many("bphs.form.question", "template_id", string="Questions", copy=True)
    definition = fields.PropertiesDefinition(readonly=True, copy=False)

    _code_version_uniq = models.Constraint("UNIQUE(code, version)", "This version of the form exists already.")

    # === COMPUTE METHODS === #

    @api.depends("name")
    def _compute_display_name(self):
        for template in self:
            template.display_name = template.name

    # === ACTIONS === #

    def action_publish(self):
        """Put a version into use: from now on it stays as it is.

        :raise ValidationError: a question that cannot be asked
        """
        self._check_step("publish")
        for template in self:
            template._check_questions()
            definition = [definition for question in template.question_ids if (definition := question._definition())]
            template._take_step("publish", {"definition": definition})

    # === HELPERS === #

    def _step_fields(self):
        return super()._step_fields() | {"definition"}

    def _questions(self):
        """The questions as the rules of `tools/forms.py` read them."""
        return [question._core() for question in self.question_ids]

    def _check_questions(self):
        codes = set(self.question_ids.mapped("code"))
        for question in self.question_ids:
            question._check_askable()
            if question.when_code and question.when_code not in codes:
                raise ValidationError(
                    self.env._(
                        "%(question)s is asked by the answer to %(code)s, which the form does not ask.",
                        question=question.name,
                        code=question.when_code,
                    )
                )

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s": records stand on it. Begin a new version.')
        return super()._step_words() | {
            "role": self.env._("Forms are published by the section for primary care."),
            "state": closed,
            "closed": closed,
        }

    @api.model
    def _load_shipped(self):
        """Make and publish the forms of the specification, from `data/forms`; those that stand already stay."""
        items = {item.code: item.id for item in self.env["bphs.service.item"].search([])}
        standing, made = {code for (code,) in self._read_group([], ["code"])}, {}
        for sequence, row in enumerate(_rows("forms"), start=1):
            if row["code"] in standing:
                continue
            item = items.get(row.pop("item"), False)
            values = {**row, "sensitive": bool(row["sensitive"]), "item_id": item, "sequence": sequence}
            made[row["code"]] = self.create(values)
        questions = self.env["bphs.form.question"]
        questions.create(
            [
                questions._from_sheet(row, sequence, made)
                for sequence, row in enumerate(_rows("questions"), start=1)
                if row["form"] in made
            ]
        )
        for template in made.values():
            template.action_publish()


def _rows(name):
    with file_open(f"bphs_service/data/forms/{name}.csv") as file:
        return [{key: value or False for key, value in row.items()} for row in csv.DictReader(file)]
