from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsApprovalDecideMany(models.TransientModel):
    """Several decided at once: each is shown with its figures, and each gets a decision of its own.

    What needs more than a word (the document of an office outside) is decided by itself.
    """

    _name = "bphs.approval.decide.many"
    _description = "Decide on Several Approvals"

    line_ids = fields.One2many("bphs.approval.decide.many.line", "many_id", readonly=True)
    count = fields.Integer(compute="_compute_count")
    minutes_required = fields.Boolean(compute="_compute_count")
    left_count = fields.Integer(
        string="To Be Decided One by One", readonly=True, help="An office outside decides: its document is recorded."
    )
    comment = fields.Char()
    minutes_number = fields.Char(string="Number of Minutes")

    @api.depends("line_ids.stage_id.minutes_required")
    def _compute_count(self):
        for many in self:
            many.count = len(many.line_ids)
            many.minutes_required = any(many.line_ids.stage_id.mapped("minutes_required"))

    @api.model
    def _open(self, requests):
        """:return dict: the window that shows those of `requests` that can be decided together"""
        alike = requests.filtered(lambda request: not request.external)
        if not alike:
            raise UserError(self.env._("None of these can be approved together by you. Open them one by one."))
        many = self.create(
            {
                "left_count": len(requests - alike),
                "line_ids": [
                    Command.create({"request_id": request.id, "stage_id": request.stage_id.id}) for request in alike
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approve %(count)s", count=len(alike)),
            "res_model": self._name,
            "res_id": many.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_decide(self):
        """Approve each by its own document's method and checks; one that is refused lets none through.

        :return dict: a notification that says how many were approved
        """
        self.ensure_one()
        for line in self.line_ids:
            documents = self.env["bphs.approval.decide"]._approved(line.request_id.res_model)
            documents.browse(line.request_id.res_id).action_approval_approve(
                comment=self.comment,
                minutes_number=self.minutes_number if line.stage_id.minutes_required else False,
                expected_stage_id=line.stage_id.id,
            )
        return self._notification(
            self.env._("%(count)s approved.", count=len(self.line_ids)),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )


class BphsApprovalDecideManyLine(models.TransientModel):
    """One of several, at the stage its decider saw."""

    _name = "bphs.approval.decide.many.line"
    _description = "One of Several Approvals"

    many_id = fields.Many2one("bphs.approval.decide.many", required=True, index=True, ondelete="cascade")
    request_id = fields.Many2one("bphs.approval.request", required=True, ondelete="cascade")
    stage_id = fields.Many2one("bphs.approval.request.stage", required=True, ondelete="cascade")
    title = fields.Char(related="request_id.title")
    currency_id = fields.Many2one(related="request_id.currency_id")
    result = fields.Monetary(related="request_id.result")
    figures_text = fields.Char(related="request_id.figures_text", related_sudo=False)
