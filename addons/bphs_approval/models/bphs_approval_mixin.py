from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import states

# What the mixin's own writes carry in their context. Clients set context too, but only what JSON
# can say, and nothing that JSON can say is this object.
PASS = object()
PASS_KEY = "bphs_approval_pass"

# Written by the steps of the approval alone.
PROTECTED = {"approval_state", "approval_request_id", "approval_decision_ids"}


class BphsApprovalMixin(models.AbstractModel):
    """A document that is approved in stages before it takes effect.

    Between submission and return, and for ever after approval, the document refuses every write.
    Everyone who creates or edits it, or its lines, is noted as a contributor and cannot approve it.

    A document inherits this with :class:`bphs.scope.mixin` and implements the hooks below; code
    that computes it in bulk calls :meth:`_approval_record_contributors` after
    :meth:`_approval_check_unlocked`.
    """

    _name = "bphs.approval.mixin"
    _description = "Approved in Stages"

    approval_state = fields.Selection(
        "_selection_approval_state",
        string="Approval",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    approval_request_id = fields.Many2one(
        "bphs.approval.request",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    approval_stage_id = fields.Many2one(related="approval_request_id.stage_id", string="Waits at Stage")
    approval_external = fields.Boolean(related="approval_stage_id.external")
    approval_decision_ids = fields.One2many(
        "bphs.approval.decision", string="Decisions", compute="_compute_approval_decision_ids"
    )
    can_submit = fields.Boolean(compute="_compute_can_submit")
    can_decide = fields.Boolean(compute="_compute_can_decide", search="_search_can_decide")
    can_withdraw = fields.Boolean(compute="_compute_can_withdraw")

    # === COMPUTE METHODS === #

    @api.model
    def _selection_approval_state(self):
        # Not a plain list: its labels would be in Chinese here, and in English on every document that inherits this.
        labels = {
            "draft": self.env._("Draft"),
            "submitted": self.env._("Under Approval"),
            "approved": self.env._("Approved"),
        }
        return list(labels.items())

    @api.depends("approval_request_id", "approval_state")
    def _compute_approval_decision_ids(self):
        requests = self.env["bphs.approval.request"].search(
            [("res_model", "=", self._name), ("res_id", "in", self._origin.ids)]
        )
        by_document = {}
        for decision in requests.decision_ids.sorted("id"):
            by_document.setdefault(decision.request_id.res_id, []).append(decision.id)
        decisions = self.env["bphs.approval.decision"]
        for document in self:
            # A recordset, not a list: an empty list means "no change" and would leave the field unassigned.
            document.approval_decision_ids = decisions.browse(by_document.get(document._origin.id, ()))

    @api.depends_context("uid")
    @api.depends(lambda self: ("approval_state", *self._approval_submit_depends()))
    def _compute_can_submit(self):
        may_write = self._filtered_access("write")
        for document in self:
            document.can_submit = (
                document.approval_state == "draft" and document in may_write and document._approval_is_complete()
            )

    @api.depends_context("uid")
    @api.depends("approval_state", "approval_request_id")
    def _compute_can_decide(self):
        for document in self:
            document.can_decide = document.approval_request_id.waiting_for_me

    def _search_can_decide(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("approval_request_id.waiting_for_me", "=", True)]

    @api.depends_context("uid")
    @api.depends("approval_state", "approval_request_id")
    def _compute_can_withdraw(self):
        for document in self:
            request = document.approval_request_id
            document.can_withdraw = (
                request.state == "pending"
                and request.submitted_by_id == self.env.user
                and states.APPROVE not in request.decision_ids.mapped("verdict")
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._approval_check_protected(vals)
        # Said outright, because defaults may come from the client's context.
        draft = {"approval_state": states.DRAFT, "approval_request_id": False}
        documents = super().create([{**vals, **draft} for vals in vals_list])
        documents._approval_record_contributors()
        return documents

    def write(self, vals):
        if not self._approval_passes():
            self._approval_check_protected(vals)
            self._approval_check_unlocked()
            self._approval_record_contributors()
        return super().write(vals)

    def _update_field_translations(self, *args, **kwargs):
        # The one way to change a translated field that does not come through `write`.
        if not self._approval_passes():
            self._approval_check_unlocked()
            self._approval_record_contributors()
        return super()._update_field_translations(*args, **kwargs)

    # Called whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_approval(self):
        self._approval_check_unlocked()
        # The history counts whether or not the user may see it.
        requests = self.env["bphs.approval.request"].sudo()
        request = requests.search([("res_model", "=", self._name), ("res_id", "in", self.ids)], limit=1)
        if request:
            raise UserError(self.env._("%(title)s was submitted before and keeps its decisions.", title=request.title))

    # === HOOKS === #

    def _approval_flow_code(self):
        """:return: code of the flow this document takes"""
        raise NotImplementedError

    def _approval_content(self):
        """What is approved: all that money follows from. Called as the system's user with an
        empty context.

        :return: dict of strings, integers, booleans, amounts, dates, lists and dicts of these
        """
        raise NotImplementedError

    def _approval_amount(self):
        """:rtype: Decimal :return: yuan that thresholds of stages look at"""
        return Decimal(0)

    def _approval_institution(self):
        """:return: the institution whose people decide"""
        return self.institution_id

    def _approval_title(self):
        """:return: what the waiting list shows"""
        return self.display_name

    @api.model
    def _approval_submit_label(self):
        """:return: what the button says that hands the document in"""
        return self.env._("Submit for Approval")

    @api.model
    def _approval_submit_depends(self):
        """:return: names of the fields :meth:`_approval_is_complete` looks at"""
        return ()

    def _approval_is_complete(self):
        """:return: whether there is something to hand in yet; the button stays away until then"""
        return True

    def _approval_check_submit(self):
        """Refuse submission by raising UserError, with what must be put right."""

    def _on_approval_submitted(self):
        """Called once the document is locked; write by :meth:`_approval_write`."""

    def _on_approval_approved(self):
        """Called in the transaction of the final approval; write by :meth:`_approval_write`."""

    def _on_approval_returned(self):
        """Called when the document is a draft again, returned or withdrawn."""

    # === FOR THE MODULES OF THE DOCUMENTS === #

    def _approval_is_approved(self):
        """Whether all of these are finally approved, read from the decisions and not from the
        state.

        :rtype: bool
        """
        return bool(self) and self._approval_filter_approved() == self

    def _approval_filter_approved(self):
        """:return: those finally approved, by one query"""
        approved = self.env["bphs.approval.request"]._approved_documents(self._name, self.ids)
        return self.filtered(lambda document: document.id in approved)

    def _approval_approved_on(self):
        """:return: the county's day of the final approval; False before it"""
        self.ensure_one()
        if not self._approval_is_approved():
            return False
        # sudo: when it was approved is no secret to whoever may read the document
        decisions = self.env["bphs.approval.decision"].sudo()
        last = decisions.search(
            [
                ("request_id.res_model", "=", self._name),
                ("request_id.res_id", "=", self.id),
                ("verdict", "=", states.APPROVE),
            ],
            order="id DESC",
            limit=1,
        )
        return self._county_day(last.decided_at)

    def _approval_write(self, vals):
        """Write on a document whatever its state, and note no contributor. Rights still count.

        For values that follow from a decision (a number, a date, a result), never for what
        people type.
        """
        # The step was allowed by its own check; a role that approves may have no right to edit.
        return self.sudo().with_context(**{PASS_KEY: PASS}).write(vals)

    def _approval_check_unlocked(self):
        """:raises UserError: where one of these is submitted or approved"""
        # Whether a document is locked does not depend on who asks.
        locked = self.sudo().filtered(lambda document: document.approval_state != states.DRAFT)[:1]
        if locked:
            raise UserError(
                self.env._(
                    "%(name)s is under approval or approved and cannot be changed."
                    " Have it returned first, or reverse it once approved.",
                    name=locked.display_name,
                )
            )

    def _approval_record_contributors(self, user=None):
        """Note who computed or edited these documents.

        :param user: by default the user of the environment
        """
        self.env["bphs.approval.contributor"]._record(self._name, self.ids, user or self.env.user)

    # === HELPERS === #

    def _approval_passes(self):
        return self.env.context.get(PASS_KEY) is PASS

    @api.model
    def _approval_check_protected(self, vals):
        forged = PROTECTED.intersection(vals)
        if forged:
            raise AccessError(self.env._("%(field)s is set by the approval alone.", field=", ".join(sorted(forged))))
