from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import states


class BphsApprovalDecide(models.TransientModel):
    """The dialog of a decision: what the stage asks for, and one button."""

    _name = "bphs.approval.decide"
    _description = "Decide on an Approval"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    verdict = fields.Selection([("approve", "Approve"), ("return", "Return"), ("withdraw", "Withdraw")], required=True)
    # What the user saw when the dialog opened: the decision counts for this stage or not at all.
    stage_id = fields.Many2one("bphs.approval.request.stage", required=True, ondelete="cascade")
    request_id = fields.Many2one(related="stage_id.request_id")
    title = fields.Char(related="request_id.title")
    amount = fields.Monetary(related="request_id.result", string="Comes To", currency_field="currency_id")
    figures_table = fields.Html(related="request_id.figures_table", related_sudo=False, sanitize=False)
    currency_id = fields.Many2one(related="request_id.currency_id")
    external = fields.Boolean(related="stage_id.external")
    minutes_required = fields.Boolean(related="stage_id.minutes_required")
    comment = fields.Char()
    minutes_number = fields.Char(string="Number of Minutes")
    external_number = fields.Char(string="External Document Number")
    external_scan = fields.Binary(string="Scan", attachment=False)
    external_scan_name = fields.Char(string="File Name")

    @api.model
    def _open(self, document, verdict):
        stage = document.approval_stage_id
        if not stage:
            raise UserError(self.env._("%(name)s does not wait for a decision.", name=document.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self._heading(verdict, stage),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": document._name,
                "default_res_id": document.id,
                "default_verdict": verdict,
                "default_stage_id": stage.id,
            },
        }

    @api.model
    def _heading(self, verdict, stage):
        # Whoever records what an office outside decided does not decide it.
        if verdict == states.APPROVE and stage.external:
            return self.env._("Record the Decision: %(stage)s", stage=stage.name)
        return dict(self._fields["verdict"]._description_selection(self.env))[verdict]

    def action_decide(self):
        """Take the decision, by the document's own method and its checks.

        :raises UserError: for anything that is not a document under approval
        """
        self.ensure_one()
        document = self._document()
        if self.verdict == states.APPROVE:
            document.action_approval_approve(
                comment=self.comment,
                minutes_number=self.minutes_number,
                external_number=self.external_number,
                external_scan=self.with_context(bin_size=False).external_scan,
                external_scan_name=self.external_scan_name,
                expected_stage_id=self.stage_id.id,
            )
        elif self.verdict == states.RETURN:
            document.action_approval_return(self.comment)
        else:
            document.action_approval_withdraw(self.comment)
        return {"type": "ir.actions.act_window_close"}

    def _document(self):
        return self._approved(self.res_model).browse(self.res_id)

    @api.model
    def _approved(self, name):
        """:return: the model of this name :raises UserError: for one that is not approved in stages"""
        model = self.env.registry.get(name)
        if not model or not issubclass(model, self.env.registry["bphs.approval.mixin"]):
            raise UserError(self.env._("%(model)s is not approved in stages.", model=name))
        return self.env[name]
