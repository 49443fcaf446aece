from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.steps import Step

ISSUERS = ("primary_care_officer", "township_director", "township_public_health")
# Who confirms for an institution that they have arrived.
RECEIVERS = ("township_director", "township_public_health", "village_doctor")
STATES = [("draft", "Draft"), ("issued", "Issued"), ("withdrawn", "Withdrawn")]
STEPS = {
    "issue": Step(("draft",), "issued", roles=ISSUERS),
    "withdraw": Step(("issued",), "withdrawn", roles=ISSUERS, reason_required=True),
}
PLAN = ("name", "institution_id", "year", "document_number", "task_ids", "note")


class BphsIndicatorIssue(models.Model):
    """Targets handed down one level (逐级下达): from the county to its townships, from a township to its clinics.

    Each task is a rate to reach or a number of people; shares of a number sum to it exactly. Issued with the number of
    its document it stays, and each institution confirms that it has received it.
    """

    _name = "bphs.indicator.issue"
    _description = "Targets Handed Down"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin", "bphs.print.mixin"]
    _order = "year desc, id desc"
    _steps = STEPS
    _step_sets = ("issued_by_id", "issued_on", "withdraw_reason")
    _writable = {"draft": {ANYBODY: PLAN}, "issued": {}, "withdrawn": {}}
    _given_at_creation = PLAN

    name = fields.Char(string="Subject", required=True)
    institution_id = fields.Many2one(
        string="Issued By",
        default=lambda self: self._default_institution(),
        domain=lambda self: [("kind", "in", ("health_bureau", *TOWNSHIP_KINDS))],
    )
    year = fields.Integer(required=True, aggregator=None, default=lambda self: self._county_today().year)
    document_number = fields.Char(help="Of the document it is issued with.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    task_ids = fields.One2many("bphs.indicator.task", "issue_id", string="Tasks", copy=True)
    # The same for the record rules alone: the tasks of others would stay in the field above.
    rule_task_ids = fields.One2many("bphs.indicator.task", "issue_id", groups=NO_ACCESS)
    note = fields.Text()
    issued_by_id = fields.Many2one(
        "res.users", string="Issued by the User", readonly=True, copy=False, ondelete="restrict"
    )
    issued_on = fields.Date(readonly=True, copy=False)
    withdraw_reason = fields.Char(string="Withdrawn Because", readonly=True, copy=False)
    received_words = fields.Char(string="Received By", compute="_compute_received_words")
    can_receive = fields.Boolean(string="To Confirm", compute="_compute_can_receive", search="_search_can_receive")

    # === COMPUTE METHODS === #

    @api.depends("name", "document_number")
    def _compute_display_name(self):
        for issue in self:
            issue.display_name = f"{issue.document_number or ''} {issue.name or ''}".strip()

    @api.depends("task_ids.received_on")
    def _compute_received_words(self):
        for issue in self:
            places = issue.task_ids.institution_id
            wanting = issue.task_ids.filtered(lambda task: not task.received_on).institution_id
            issue.received_words = f"{len(places) - len(wanting)} / {len(places)}"

    @api.depends("state", "task_ids.received_on")
    @api.depends_context("uid")
    def _compute_can_receive(self):
        # Searched for, not filtered: the tasks of others are not to come into one's own cache.
        waiting = self.search(Domain("id", "in", self.ids) & Domain(self._search_can_receive("in", [True])))
        for issue in self:
            issue.can_receive = issue._origin in waiting

    def _search_can_receive(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self.env.user._holds_role(RECEIVERS):
            return Domain.FALSE
        mine = self.env.user.bphs_institution_ids.ids
        # The county's own targets come from above: it hands them to itself.
        tasks = [("institution_id", "in", mine), ("received_on", "=", False)]
        return [("state", "=", "issued"), ("institution_id", "not in", mine), ("task_ids", "any", tasks)]

    def _default_institution(self):
        own = self.env.user.bphs_institution_ids
        bureaus = own.filtered(lambda one: one.kind == "health_bureau")
        return (bureaus or own.filtered(lambda one: one.kind in TOWNSHIP_KINDS))[:1]

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_issue(self):
        """Issue the targets: from now on they stand, and values of the year are judged by them.

        :raise UserError: no document number, no tasks, or a task of an institution that is not led by the issuer
        """
        self._check_step("issue")
        for issue in self:
            if not (issue.document_number or "").strip():
                raise UserError(self.env._("%(name)s: enter the number of the document.", name=issue.name))
            issue._check_tasks()
        self._take_step("issue", {"issued_by_id": self.env.uid, "issued_on": self._county_today()})
        self._judge()

    def action_withdraw(self, reason):
        """Withdraw what was issued: values of the year are judged without it."""
        self._check_step("withdraw", reason)
        self._take_step("withdraw", {"withdraw_reason": reason}, reason)
        self._judge()

    def action_receive(self):
        """Confirm, for one's own institution, that the targets have arrived.

        :raise AccessError: no right to read it, or not a role that receives for an institution
        :raise UserError: it is not issued, or no task is of one's own institution
        """
        self.check_access("read")
        if not self.env.user._holds_role(RECEIVERS):
            raise AccessError(self.env._("Targets are received by the township or clinic they were handed down to."))
        self._check_in_state(("issued",))
        mine = self.env.user.bphs_institution_ids
        for issue in self:
            tasks = issue.task_ids.filtered(lambda task: task.institution_id in mine and not task.received_on)
            if not tasks:
                raise UserError(self.env._("%(name)s: nothing here is to be received by you.", name=issue.name))
            # sudo: set by this step alone
            tasks.sudo().write({"received_by_id": self.env.uid, "received_on": self._county_today()})

    # === HELPERS === #

    def _led(self):
        """:return: the institutions right below the issuer, of the kind it hands targets down to"""
        kinds = CLINIC_KINDS if self.institution_id.kind in TOWNSHIP_KINDS else TOWNSHIP_KINDS
        return self.env["bphs.institution"].search(
            [("id", "child_of", self.institution_id.ids), ("kind", "in", kinds)], order="code"
        )

    def _check_tasks(self):
        if not self.task_ids:
            raise UserError(self.env._("%(name)s: there are no tasks yet.", name=self.name))
        wrong = self.task_ids.filtered(lambda task: task._is_own()).institution_id
        wrong |= self.task_ids.institution_id - self._led() - self.institution_id
        if wrong:
            raise UserError(self.env._("%(institution)s is not led by the issuer.", institution=wrong[0].display_name))

    def _judge(self):
        values = self.env["bphs.indicator.value"]
        for issue in self:
            values._judge_year(issue.year, set(issue.task_ids.mapped("code")))

    def _asked_steps(self):
        return {
            "withdraw": (self.env._("Withdraw the Targets"), self.env._("Why they no longer hold"), True),
        }

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Targets are handed down by the section, or by the township to its clinics."),
            "closed": self.env._('%(name)s is "%(state)s" and stays as it is: withdraw it and issue another.'),
        }
