from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.models.registers.bphs_population import BASES
from odoo.addons.bphs_base.tools.steps import Step
from odoo.addons.bphs_team.models.fulfilling.bphs_contract_rates import RATES

from ...tools.sets import problem_of

STATES = [("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")]
STEPS = {
    "publish": Step(("draft",), "published", roles=("primary_care_officer",), apart_from=("create_uid", "editor_ids")),
    "supersede": Step(("published",), "superseded", by_system=True),
}
COUNTED, CONTRACTS, IMPORTED = "counted", "contracts", "imported"
SOURCES = [
    (COUNTED, "Counted from the Records"),
    (CONTRACTS, "Rates of Contracts"),
    (IMPORTED, "Brought In from Outside"),
]
INSIDE, APART, POPULATION = "inside", "apart", "population"
OVERS = [
    (INSIDE, "What the Sets Say"),
    (APART, "Other People, by Sets of Their Own"),
    (POPULATION, "A Population Figure"),
]
UNITS = [
    ("person", "People"),
    ("record", "Service Records"),
    ("due", "Follow-Ups Due"),
    ("referral", "Referrals"),
    ("finding", "Findings"),
]
DOMAINS = [
    ("file", "Health Records"),
    ("elder", "Elders"),
    ("chronic", "Chronic Diseases"),
    ("child", "Children"),
    ("mother", "Mothers"),
    ("smi_tb", "Mental Illness and Tuberculosis"),
    ("tcm", "Traditional Chinese Medicine"),
    ("contract", "Contracts"),
    ("process", "Process"),
    ("outside", "Brought In"),
]
TYPED = (
    *("code", "name", "sequence", "field_of_work", "clause", "source", "shape", "unit", "within_ids", "counted_ids"),
    *("over", "over_ids", "basis", "basis_name", "period_kind", "team_rate", "better", "level_rule"),
    *("digits", "rounding", "numerator_words", "denominator_words", "unit_words"),
)


class BphsIndicator(models.Model):
    """An indicator (指标): exactly what is counted over exactly what, in which year, and how it is printed.

    Its versions stand beside each other; a published one never changes, so that an old value keeps its meaning.
    """

    _name = "bphs.indicator"
    _description = "Indicator"
    _inherit = ["bphs.steps.mixin"]
    _order = "sequence, code, version desc"
    _rec_names_search = ["name", "code"]
    _steps = STEPS
    _step_sets = ("editor_ids",)
    _writable = {"draft": {ANYBODY: TYPED}, "published": {}, "superseded": {}}
    _given_at_creation = (*TYPED, "version")

    code = fields.Char(required=True, help="The same for all versions of an indicator.")
    name = fields.Char(string="Indicator", required=True)
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    editor_ids = fields.Many2many(
        "res.users", "bphs_indicator_editor_rel", string="Edited By", readonly=True, copy=False
    )
    sequence = fields.Integer(default=100)
    field_of_work = fields.Selection(DOMAINS, required=True, default="file")
    clause = fields.Char(help="The specification or notice it follows, and where.")
    source = fields.Selection(SOURCES, string="Where Values Come From", required=True, default=COUNTED)
    shape = fields.Selection([("rate", "Rate"), ("count", "Count")], required=True, default="rate")
    unit = fields.Selection(UNITS, string="What Is Counted", required=True, default="person")
    unit_words = fields.Char(string="Unit", help="As printed: %, people.", default="%")
    within_ids = fields.Many2many(
        "bphs.indicator.set", "bphs_indicator_within_rel", "indicator_id", "set_id",
        help="Who or what is looked at: all of these. It is the denominator, where that is none of its own.",
    )  # fmt: skip
    counted_ids = fields.Many2many(
        "bphs.indicator.set", "bphs_indicator_counted_rel", "indicator_id", "set_id",
        help="Of these, whoever is in all of those too: the numerator.",
    )  # fmt: skip
    over = fields.Selection(OVERS, string="Denominator", required=True, default=INSIDE)
    over_ids = fields.Many2many(
        "bphs.indicator.set", "bphs_indicator_over_rel", "indicator_id", "set_id",
        help="Other people, of whom the denominator is made.",
    )  # fmt: skip
    basis = fields.Selection(BASES, string="Population", help="Which population figure it is reckoned over.")
    basis_name = fields.Char(string="Which of Them", help="Where there are several of one kind: its name.")
    team_rate = fields.Selection(RATES, string="Rate of Contracts")
    period_kind = fields.Selection(
        [("year", "Calendar Year"), ("mch_year", "Maternal and Child Health Year")],
        string="Year", required=True, default="year",
    )  # fmt: skip
    better = fields.Selection(
        [("higher", "The Higher the Better"), ("lower", "The Lower the Better")], default="higher"
    )
    level_rule = fields.Selection(
        [("sum", "All Together"), ("lowest", "The Lowest Township")], string="Above Townships", required=True,
        default="sum", help="Where a notice says “by township” the county's figure is that of its lowest township.",
    )  # fmt: skip
    digits = fields.Integer(string="Decimals", default=2, aggregator=None)
    rounding = fields.Selection(
        [("half_up", "Rounded Half Up"), ("truncate", "Cut Off")], required=True, default="half_up"
    )
    numerator_words = fields.Char(string="Numerator", help="As the specification says it.")
    denominator_words = fields.Char(string="Denominator (Words)", help="As the specification says it.")
    named = fields.Boolean(
        string="For Named Persons", compute="_compute_named", store=True,
        help="It counts people with severe mental illness or tuberculosis.",
    )  # fmt: skip
    says = fields.Text(string="Definition", compute="_compute_says")

    _code_version_uniq = models.Constraint("UNIQUE(code, version)", "This version of the indicator exists already.")
    _code_published = models.UniqueIndex("(code) WHERE state = 'published'")
    _digits_range = models.Constraint("CHECK(digits BETWEEN 0 AND 4)", "A rate is printed with 0 to 4 decimals.")

    # === COMPUTE METHODS === #

    @api.depends("name", "unit_words")
    def _compute_display_name(self):
        for indicator in self:
            indicator.display_name = indicator.name

    @api.depends("within_ids", "counted_ids", "over_ids", "source", "field_of_work")
    def _compute_named(self):
        forms = self.env["bphs.form.template"].sudo()  # sudo: forms tell of nobody
        sensitive = set(forms.search([("sensitive", "=", True)]).mapped("code"))
        for indicator in self:
            sets = indicator.within_ids | indicator.counted_ids | indicator.over_ids
            indicator.named = (
                indicator.field_of_work == "smi_tb"
                and indicator.source == COUNTED
                or any(one.group in ("smi", "tb") or sensitive & set((one.forms or "").split()) for one in sets)
            )

    @api.depends("within_ids.name", "counted_ids.name", "over", "over_ids.name", "basis", "numerator_words")
    @api.depends_context("lang")
    def _compute_says(self):
        for indicator in self:
            indicator.says = "\n".join(indicator._sentences())

    def _sentences(self):
        _ = self.env._
        sentences = []
        if self.numerator_words:
            sentences.append(_("Numerator: %(words)s", words=self.numerator_words))
        if self.denominator_words:
            sentences.append(_("Denominator: %(words)s", words=self.denominator_words))
        if self.source == COUNTED:
            within = "、".join(self.within_ids.mapped("name")) or _("residents living here")
            sentences.append(_("Looked at: %(sets)s", sets=within))
            if self.counted_ids:
                sentences.append(_("Of these counted: %(sets)s", sets="、".join(self.counted_ids.mapped("name"))))
            if self.over == APART:
                sentences.append(_("Over: %(sets)s", sets="、".join(self.over_ids.mapped("name"))))
        if self.over == POPULATION and self.basis:
            bases = dict(self._fields["basis"]._description_selection(self.env))
            sentences.append(_("Over the population: %(basis)s", basis=self.basis_name or bases[self.basis]))
        return sentences

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # Whatever was said: the number of a version is nobody's to type.
        return super().create([{**vals, "version": self._next_version(vals.get("code"))} for vals in vals_list])

    def write(self, vals):
        done = super().write(vals)
        self._note_editor()
        return done

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_publish(self):
        """Put versions into force, by another person than who wrote them; the ones before are superseded.

        :raise ValidationError: the sets make no indicator of what is counted
        """
        self._check_step("publish")
        for indicator in self:
            indicator._check_made()
            before = self.search([("code", "=", indicator.code), ("state", "=", "published")])
            before._take_step("supersede")
            before.flush_recordset()
            indicator._take_step("publish")

    def action_new_version(self):
        """Begin the next version with what this one says.

        :return dict: the action that shows it
        """
        self.ensure_one()
        self.check_access("read")
        self.browse().check_access("create")
        draft = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def action_values(self):
        """:return dict: the values of this indicator, whichever version counted them"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_indicator.bphs_indicator_value_action")
        return {**action, "domain": [("code", "=", self.code)], "context": {}, "name": self.name}

    # === HELPERS === #

    def _note_editor(self):
        """Remember who wrote in a draft that another made: that one does not publish it either."""
        # sudo: who wrote is nobody's to set
        for indicator in self.sudo().filtered(lambda one: self.env.user not in one.editor_ids):
            indicator._write_state({"editor_ids": [Command.link(self.env.uid)]})

    def _people_apart(self, name):
        people = super()._people_apart(name)
        if name == "editor_ids":
            # Its sets are what it says: whoever wrote one that none in force is made of wrote it as well.
            for indicator in self._origin.sudo():  # sudo: as above
                sets = indicator.within_ids | indicator.counted_ids | indicator.over_ids
                sets = sets.filtered(lambda one: not one.used)
                people[indicator.id] |= {*sets.create_uid.ids, *sets.write_uid.ids}
        return people

    def _next_version(self, code):
        ((latest,),) = self.sudo()._read_group([("code", "=", code)], aggregates=["version:max"])  # sudo: its number
        return (latest or 0) + 1

    def _check_made(self):
        """:raise ValidationError: it cannot be reckoned"""
        problem = ""
        if self.source == COUNTED:
            problem = problem_of(
                self.unit,
                [one._core() for one in self.within_ids],
                [one._core() for one in self.counted_ids | self.over_ids],
            )
        if self.source == COUNTED and self.over == APART and not self.over_ids:
            problem = self.env._("say whom it is reckoned over")
        if self.over == POPULATION and not self.basis:
            problem = self.env._("say over which population it is reckoned")
        if self.source == CONTRACTS and not self.team_rate:
            problem = self.env._("say which rate of contracts it is")
        if problem:
            raise ValidationError(self.env._("%(name)s: %(problem)s", name=self.name, problem=problem))

    @api.model
    def _in_force(self):
        """:return: the published version of every indicator"""
        return self.search([("state", "=", "published")])

    def _step_words(self):
        fixed = self.env._('%(name)s is "%(state)s" and stays as it is: begin a new version.')
        return super()._step_words() | {
            "role": self.env._("Indicators are published by the section for primary care."),
            "apart": self.env._("%(name)s: whoever wrote it does not publish it."),
            "state": fixed,
            "closed": fixed,
        }

    @api.model
    def _publish_shipped(self):
        """Publish what the module brings; a new version of what it brought before supersedes that one. Where a county
        put a version of its own into force, the module's waits as a draft until a person decides.
        """
        data = self.env["ir.model.data"].sudo()  # sudo: whose they are
        shipped = set(data.search([("module", "=", "bphs_indicator"), ("model", "=", self._name)]).mapped("res_id"))
        drafts = self.search([("state", "=", "draft"), ("id", "in", sorted(shipped))])
        before = {one.code: one for one in self._in_force()}
        drafts = drafts.filtered(lambda one: one.code not in before or before[one.code].id in shipped)
        for indicator in drafts:
            indicator._check_made()
        old = self.union(*(before[one.code] for one in drafts if one.code in before))
        old._write_state({"state": "superseded"})
        old.flush_recordset()
        drafts._write_state({"state": "published"})
