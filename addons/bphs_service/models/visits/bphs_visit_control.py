from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.months import age_on

from ...tools import control
from ..control.bphs_control_rule import MEASURES
from .bphs_visit_form import RESULTS

NUMBERS = tuple(name for name, _words in MEASURES if name != "drug_reaction")
JUDGED = ("hypertension", "diabetes")
BAD = ("uncontrolled", "reaction")


class BphsVisit(models.Model):
    """What was measured, judged by the county's rules: asked back while it is entered, stored with the version.

    The class of the visit stays the doctor's to say; what the rules say stands beside it.
    """

    _inherit = "bphs.visit"

    assessed = fields.Selection(RESULTS, string="By the Rules", compute="_compute_assessed", store=True)
    is_dangerous = fields.Boolean(string="Dangerous Value", compute="_compute_assessed", store=True)
    control_ruleset_id = fields.Many2one(
        "bphs.control.ruleset", string="Judged By", compute="_compute_assessed", store=True, ondelete="restrict"
    )
    danger_words = fields.Char(string="Danger", compute="_compute_control_words")
    control_words = fields.Char(string="Not Controlled", compute="_compute_control_words")
    proposed_words = fields.Char(string="Proposed", compute="_compute_control_words")

    # === COMPUTE METHODS === #

    # Once done a record changes no more, so that it stays with the version it was judged by.
    @api.depends("template_id", "resident_id", "done_on", "drug_reaction", *NUMBERS)
    def _compute_assessed(self):
        ruleset = self.env["bphs.control.ruleset"].sudo()._in_use()  # sudo: they are the whole county's
        rules = ruleset._core()
        for visit in self:
            judged = visit._judged(rules)
            visit.assessed, visit.is_dangerous = judged.result, judged.danger
            visit.control_ruleset_id = ruleset if judged.result or judged.danger else False

    @api.depends("state", "assessed", "is_dangerous", "result", "done_on", "drug_reaction", *NUMBERS)
    def _compute_control_words(self):
        for visit in self:
            ruleset = visit.control_ruleset_id.sudo()  # sudo: they are the whole county's
            visit.danger_words = visit.control_words = visit.proposed_words = False
            if not ruleset:
                continue
            hits = visit._judged(ruleset._core()).hits
            visit.danger_words = visit._hit_words(hits, control.DANGER)
            visit.control_words = visit._hit_words(hits, control.UNCONTROLLED, control.REACTION)
            if visit.state == "draft":
                visit.proposed_words = visit._proposal(ruleset)

    @api.onchange("done_on", "drug_reaction", *NUMBERS)
    def _onchange_assessed(self):
        """The class that follows from the values and the day to come again, where nobody said other ones."""
        if not self.assessed or self.state != "draft":
            return
        asked = set(self.template_id.question_ids.mapped("code"))
        if "result" in asked and not self.result:
            self.result = self.assessed
        if "next_on" in asked and not self.next_on and self.done_on:
            self.next_on = self._proposed_day(self.control_ruleset_id.sudo())  # sudo: the whole county's

    # === HELPERS === #

    def _judged(self, rules):
        measured = {name: to_decimal(self[name]) for name in NUMBERS if self[name]}
        if self.drug_reaction:
            measured["drug_reaction"] = to_decimal(1 if self.drug_reaction == "yes" else 0)
        birth = self.resident_id.birth_date
        age = age_on(birth, self.done_on) if birth and self.done_on and birth <= self.done_on else None
        return control.assess(rules, self._diseases(), age, measured)

    def _diseases(self):
        """:return frozenset: which of the diseases that have rules this record is about"""
        code = self.template_id.code
        if code in JUDGED:
            return frozenset({code})
        # sudo: which rules are asked; none of the groups that some may not read is among these
        groups = self.resident_id.sudo().group_ids.filtered(lambda group: not group.date_to)
        return frozenset(groups.mapped("kind")) & frozenset(JUDGED)

    def _hit_words(self, hits, *effects):
        fields_ = self.env["bphs.control.rule"]._fields
        measures = dict(fields_["measure"]._description_selection(self.env))
        bounds = dict(fields_["bound"]._description_selection(self.env))
        told = [
            f"{measures[rule.measure]} {value.normalize():f}（{bounds[rule.bound]} {rule.value.normalize():f}）"
            for rule, value in hits
            if rule.effect in effects and rule.measure != "drug_reaction"
        ]
        if any(rule.measure == "drug_reaction" and rule.effect in effects for rule, _value in hits):
            told.append(self._fields["drug_reaction"]._description_string(self.env))
        return "、".join(dict.fromkeys(told)) or False

    def _proposed_day(self, ruleset):
        if self.assessed in BAD or self.is_dangerous:
            return self.done_on + relativedelta(days=ruleset.recheck_days)
        return self.done_on + relativedelta(months=ruleset.usual_months)

    def _proposal(self, ruleset):
        """What the specification asks for next, in words; nothing where it is well."""
        day = fields.Date.to_string(self._proposed_day(ruleset)) if self.done_on else ""
        if self.is_dangerous:
            return self.env._("Measure again; if it stays, refer now and look after it by %(day)s.", day=day)
        if self.assessed not in BAD:
            return False
        if self._bad_before() + 1 >= ruleset.refer_after:
            return self.env._("Not controlled again: refer, and look after it by %(day)s.", day=day)
        return self.env._("Adjust the treatment and see them again by %(day)s.", day=day)

    def _bad_before(self):
        """:return: how many records in a row before this one did not satisfy"""
        before = [("resident_id", "=", self.resident_id._origin.id), ("state", "=", "done"), ("result", "!=", False)]
        same = [("template_id.code", "in", [self.template_id.code, "chronic"]), ("done_on", "<=", self.done_on)]
        count = 0
        for visit in self.search(
            [*before, *same, ("id", "!=", self._origin.id)], order="done_on desc, id desc", limit=5
        ):
            if visit.result == "satisfied":
                break
            count += visit.result in BAD
        return count
