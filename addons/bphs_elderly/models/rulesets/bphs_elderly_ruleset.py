from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_published_mixin import publishing_steps
from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.replay_reader import ReplayError

from ...tools.grading.needs import rules_for_named
from ...tools.grading.ruleset_document import read_ruleset

STATES = [("draft", "Draft"), ("submitted", "Proposed"), ("published", "Published")]
EDITORS = ("primary_care_officer", "county_specialist")
CONTENT = frozenset({"code", "name", "source", "date_from", "gate_ids", "rule_ids"})


class BphsElderlyRuleset(models.Model):
    """A county's criteria of red, yellow and green, as rows a doctor edits (grading rules, section 1).

    A draft is anybody's of the section to edit. Proposed, it stands still; a second person of the county publishes it
    from a day on, and from then it never changes. The one in force on a day is the last that was published for it.
    """

    _name = "bphs.elderly.ruleset"
    _description = "Rule Set of Grading"
    _inherit = ["bphs.published.mixin"]
    _order = "date_from desc, id desc"
    _steps = publishing_steps(EDITORS)
    _writable = {"draft": {ANYBODY: CONTENT}}

    code = fields.Char(help="By which gradings name the set they were made by.")
    name = fields.Char(string="Name of the Rule Set", required=True)
    source = fields.Char(
        required=True, help="The document that lays the criteria down, or: county default, no public standard."
    )
    date_from = fields.Date(string="In Force From", copy=False)
    state = fields.Selection(STATES)
    editor_ids = fields.Many2many(relation="bphs_elderly_ruleset_editor_rel")
    gate_ids = fields.One2many(
        "bphs.elderly.condition",
        "gate_of_id",
        string="Needed for Green",
        copy=True,
        help="Nobody is green unless all of these hold.",
    )
    rule_ids = fields.One2many("bphs.elderly.rule", "ruleset_id", string="Rules", copy=True)
    is_in_force = fields.Boolean(string="In Force Today", compute="_compute_is_in_force")

    _code_uniq = models.UniqueIndex("(code)", "Another rule set has this code.")
    _date_uniq = models.UniqueIndex(
        "(date_from) WHERE state = 'published'", "Another rule set is published from this day already."
    )

    # === COMPUTE METHODS === #

    @api.depends("state", "date_from")
    def _compute_is_in_force(self):
        in_force = self._in_force_on(self._county_today())
        for ruleset in self:
            ruleset.is_in_force = ruleset._origin == in_force

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("The county's rules are proposed by the section and published by a second person."),
            "apart": self.env._("%(name)s: whoever wrote or proposed it does not publish it."),
            "state": self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next one.'),
            "closed": self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next one.'),
        }

    def _asked_steps(self):
        return {"return": (self.env._("Return Rule Set"), self.env._("What is to be changed"), True)}

    # === HELPERS === #

    @api.model
    def _in_force_on(self, day):
        """:return: the set by which people are graded on a day; empty where none is"""
        # sudo: which set rules is no secret, and does not depend on who asks
        return self.sudo().search([("state", "=", "published"), ("date_from", "<=", day)], limit=1).sudo(False)

    def _core(self):
        """:return: the set as the rules of grading read it
        :raise UserError: says what is wrong with it
        """
        self.ensure_one()
        try:
            return read_ruleset(self._document(), "")
        except ReplayError as error:
            raise UserError(
                self.env._("%(ruleset)s is not complete: %(problem)s", ruleset=self.display_name, problem=error)
            ) from error

    @tools.ormcache("self.id")
    def _rules_for_named(self):
        """:return: codes of the rules of a published set whose text may speak of what only named persons are told of

        Kept for good, for what is published never changes.
        """
        return rules_for_named(self._core())

    def _check_whole(self):
        self._check_date()
        self._core()

    def _check_publishing(self):
        self._check_date()

    def _check_date(self):
        if not self.date_from or self.date_from < self._county_today():
            raise UserError(
                self.env._(
                    "%(ruleset)s: say from which day it is in force, today or later: what was graded stays as it was.",
                    ruleset=self.display_name,
                )
            )
