from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

STATES = [
    ("pending", "Waiting"),
    ("approved", "Approved"),
    ("returned", "Returned"),
    ("withdrawn", "Withdrawn"),
]


class BphsApprovalRequest(models.Model):
    """Request (审批单): one submission of one document, with the stages it must pass.

    Nobody writes a request but the methods of this module, which run after the rights were
    checked; the access list gives every role reading only. What was decided stands in the
    decisions, not in `state`.
    """

    _name = "bphs.approval.request"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin", "bphs.waiting.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Approval Request"
    _order = "submitted_at desc, id desc"
    _rec_name = "title"
    _waiting_fields = ("state", "stage_id")

    title = fields.Char(required=True)
    res_model = fields.Char(string="Document Model", required=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", required=True)
    flow_id = fields.Many2one("bphs.approval.flow", required=True, index=True, ondelete="restrict")
    amount = fields.Monetary()
    state = fields.Selection(STATES, required=True, default="pending", index=True)
    submitted_by_id = fields.Many2one("res.users", required=True, index=True, ondelete="restrict")
    submitted_at = fields.Datetime(required=True)
    content_hash = fields.Char(help="SHA-256 of the content as submitted.")
    # May hold account numbers and names that only some roles read: kept to say what changed, shown to nobody.
    content = fields.Text(groups=NO_ACCESS)
    stage_ids = fields.One2many("bphs.approval.request.stage", "request_id", string="Stages")
    stage_id = fields.Many2one(
        "bphs.approval.request.stage",
        string="Current Stage",
        index="btree_not_null",
        ondelete="restrict",
    )
    group_id = fields.Many2one(related="stage_id.group_id", string="Waits for")
    external = fields.Boolean(related="stage_id.external")
    minutes_required = fields.Boolean(related="stage_id.minutes_required")
    decision_ids = fields.One2many("bphs.approval.decision", "request_id", string="Decisions")
    waiting_for_me = fields.Boolean(
        compute="_compute_waiting_for_me", search="_search_waiting_for_me", string="Waiting for Me"
    )
    chain_intact = fields.Boolean(
        compute="_compute_chain_intact",
        string="Decisions Unaltered",
        help="Whether the hashes of all decisions are those they were written with.",
    )

    _document_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'pending'",
        "This document has been submitted already. Refresh to see it.",
    )
    _document_idx = models.Index("(res_model, res_id, id)")

    @api.depends_context("uid")
    @api.depends("state", "stage_id")
    def _compute_waiting_for_me(self):
        mine = {request_id for request_id, __, __ in self._deciders(self.env.user)}
        for request in self:
            request.waiting_for_me = request._origin.id in mine

    def _search_waiting_for_me(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [
            (
                "id",
                "in",
                [request_id for request_id, __, __ in self.browse()._deciders(self.env.user)],
            )
        ]

    def _compute_chain_intact(self):
        for request in self:
            # The hash covers rows and columns that the reader may be shown only in part.
            request.chain_intact = request.sudo().decision_ids._chain_is_intact()

    @api.model
    @api.readonly
    def count_waiting_for_me(self):
        """How many requests wait for the user who asks; what the counter in the top bar shows.

        :rtype: int
        """
        return self.search_count([("waiting_for_me", "=", True)])

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # An activity would make its user a follower, who may post and gets mail. Here nobody
        # follows: people are told by the list of what waits for them.
        return True

    def action_open_document(self):
        """Open the document the request is about; its own rights decide what is seen."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.title,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_open_approve(self):
        """Open the dialog for approving the current stage."""
        return self._document().action_approval_open_approve()

    def action_open_return(self):
        """Open the dialog for returning the document."""
        return self._document().action_approval_open_return()

    def _document(self):
        """The document, as the user of this environment."""
        self.ensure_one()
        self.check_access("read")
        if self.res_model not in self.env:
            raise UserError(self.env._("The module this document belongs to is not installed."))
        return self.env[self.res_model].browse(self.res_id).exists()

    @api.model
    def _approved_documents(self, res_model, res_ids):
        """Which documents are finally approved, read from the decisions alone.

        Approved is a document with a request of which every stage carries an approval of exactly
        what was submitted, and which was neither returned nor withdrawn.

        :return: set of ids
        """
        if not res_ids:
            return set()
        self.env["bphs.approval.decision"].flush_model()
        self.env["bphs.approval.request.stage"].flush_model()
        self.flush_model(["res_model", "res_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT request.res_id
                  FROM bphs_approval_request request
                  JOIN bphs_approval_decision submission
                    ON submission.request_id = request.id AND submission.verdict = 'submit'
                 WHERE request.res_model = %(model)s
                   AND request.res_id IN %(ids)s
                   AND EXISTS (SELECT FROM bphs_approval_request_stage stage WHERE
                   stage.request_id = request.id)
                   AND NOT EXISTS (
                       SELECT FROM bphs_approval_request_stage stage
                        WHERE stage.request_id = request.id
                          AND NOT EXISTS (
                              SELECT FROM bphs_approval_decision approval
                               WHERE approval.request_id = request.id
                                 AND approval.stage_id = stage.id
                                 AND approval.verdict = 'approve'
                                 AND approval.content_hash = submission.content_hash))
                   AND NOT EXISTS (
                       SELECT FROM bphs_approval_decision ending
                        WHERE ending.request_id = request.id AND ending.verdict IN ('return',
                        'withdraw'))
                """,
                model=res_model,
                ids=tuple(res_ids),
            )
        )
        return {res_id for (res_id,) in rows}
