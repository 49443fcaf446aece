from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.facts import CONDITIONS
from .bphs_finding_rule import SEVERITIES

STATES = [("open", "To Be Handled"), ("closed", "Handled"), ("cancelled", "Nothing to Do"), ("voided", "Voided")]
HANDLINGS = [
    ("treated", "Treated"),
    ("referred", "Referred"),
    ("rechecked", "Rechecked"),
    ("intervened", "Counselled"),
]
STEPS = {
    "close": Step(("open",), "closed"),
    "cancel": Step(("open",), "cancelled", reason_required=True),
    "reopen": Step(("closed", "cancelled"), "open", reason_required=True),
    # With the exam it was found in.
    "void": Step(("open", "closed", "cancelled"), "voided", by_system=True),
}
TYPED = ("name", "severity", "value_words", "due_on", "condition")
HANDLED = ("handling", "handled_on", "outcome", "due_on")


class BphsFinding(models.Model):
    """Something abnormal in an exam (异常结果): what was seen, what was done about it. Open until closed."""

    _name = "bphs.finding"
    _description = "Abnormal Finding"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin", "bphs.waiting.mixin"]
    _order = "severity, due_on, resident_id, id"
    _rec_name = "name"
    _tells_of = "resident_id"
    _steps = STEPS
    _step_sets = ("step_reason", "handled_by_id", "last_visit_id", "last_words")
    _writable = {"open": {ANYBODY: HANDLED}, "closed": {}, "cancelled": {}, "voided": {}}
    _given_at_creation = (*TYPED, *HANDLED, "resident_id", "visit_id", "code", "rule_id", "questions", "found_on")

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    household_id = fields.Many2one(related="resident_id.household_id")
    institution_id = fields.Many2one(related="resident_id.institution_id", string="Responsible Institution")
    visit_id = fields.Many2one("bphs.visit", string="Found In", index="btree_not_null", ondelete="restrict")
    rule_id = fields.Many2one("bphs.finding.rule", string="Found By", readonly=True, ondelete="restrict")
    code = fields.Char(readonly=True)
    questions = fields.Char(string="Questions (codes)", readonly=True, help="Whose answers were abnormal.")
    name = fields.Char(string="Finding", required=True, size=100)
    severity = fields.Selection(SEVERITIES, required=True, default="recheck")
    value_words = fields.Char(string="Seen", size=300)
    found_on = fields.Date(required=True, default=lambda self: self._county_today())
    due_on = fields.Date(string="To Be Handled By", help="Left empty: in thirty days.")
    advice = fields.Char(related="rule_id.advice", related_sudo=True)
    condition = fields.Selection(CONDITIONS, help="The disease it speaks for, once it is diagnosed.")
    state = fields.Selection(STATES, required=True, readonly=True, default="open", copy=False)
    handling = fields.Selection(HANDLINGS, string="What Was Done")
    handled_on = fields.Date()
    handled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    outcome = fields.Char(size=300)
    last_visit_id = fields.Many2one(
        "bphs.visit", string="Rechecked In", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    last_words = fields.Char(string="Seen Since", readonly=True, copy=False)
    feedback_on = fields.Date(related="visit_id.feedback_id.done_on", string="Told to the Person On")
    step_reason = fields.Char(string="Why", readonly=True, copy=False)

    # What is once open is not found again.
    _visit_code_uniq = models.UniqueIndex(
        "(visit_id, code) WHERE visit_id IS NOT NULL AND state <> 'voided'", "This finding of the exam stands already."
    )
    # What grading and lists read in sets.
    _set_index = models.Index("(resident_id, severity, found_on) WHERE state = 'open'")
    # Who is in danger: asked by every list of work, and few of all that is open.
    _critical_index = models.Index("(resident_id, visit_id) WHERE state = 'open' AND severity = 'critical'")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("due_on"):
                found_on = fields.Date.to_date(vals.get("found_on")) or self._county_today()
                vals["due_on"] = found_on + timedelta(days=30)
        if not self.env.su:
            found = {"code": False, "rule_id": False, "questions": False}
            vals_list = [{**vals, **found} for vals in vals_list]
        findings = super().create(vals_list)
        findings._changed()
        return findings

    def write(self, vals):
        result = super().write(vals)
        self._changed()
        return result

    # Whatever the context says: what was once seen is kept.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A finding is never deleted. Close it, or say why there is nothing to do."))

    # === ACTIONS === #

    def action_close(self):
        """Close findings about which something was done.

        :raise UserError: nobody said what was done
        """
        self._check_step("close")
        for finding in self:
            if not finding.handling:
                raise UserError(
                    self.env._("%(finding)s: say first what was done about it.", finding=finding.display_name)
                )
            handled_on = finding.handled_on or self._county_today()
            finding._take_step("close", {"handled_on": handled_on, "handled_by_id": self.env.uid})

    def action_cancel(self, reason):
        """Nothing is to be done: known already, or as it should be for this person."""
        self._check_step("cancel", reason)
        self._take_step("cancel", {"step_reason": reason, "handled_by_id": self.env.uid}, reason)

    def action_reopen(self, reason):
        """Open it again: it was not done with."""
        self._check_step("reopen", reason)
        self._take_step("reopen", {"step_reason": reason}, reason)

    def action_enter_condition(self):
        """:return: the action that enters the disease this finding speaks for, once it was diagnosed"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.condition",
            "views": [(False, "form")],
            "name": self.env._("Condition"),
            "context": {"default_resident_id": self.resident_id.id, "default_kind": self.condition},
        }

    def _asked_steps(self):
        return {
            "cancel": (self.env._("Nothing to Do"), self.env._("It is known already, or as it should be."), True),
            "reopen": (self.env._("Open Again"), self.env._("It was not done with."), True),
        }

    # === HELPERS === #

    def _changed(self):
        self.resident_id._log_access("change", what=self.env._("Abnormal finding"))
        # sudo: gradings follow from findings, whoever handles them
        self.sudo().resident_id._on_facts_changed()

    def _record_step(self, name, reason):
        super()._record_step(name, reason)
        states = dict(self._fields["state"]._description_selection(self.env))
        title = self._asked_steps().get(name, (states[self._steps[name].target],))[0]
        what = f"{self.env._('Abnormal finding')}: {title}"
        self.resident_id._log_access("change", what=what, reason=reason or None)

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        self._tell_waiting()
        # sudo: as above
        self.sudo().resident_id._on_facts_changed()

    def _move_to_resident(self, name, survivor):
        # What was seen stays as it was; whose file it is in is not part of it.
        self._write_state({name: survivor.id})
        return self.browse()

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s". Open it again first, with the reason.')
        return super()._step_words() | {"closed": closed}
