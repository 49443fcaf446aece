from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import KINDS


class BphsApprovalFlow(models.Model):
    """Approval flow (审批流程): the stages one kind of document passes.

    A flow is read once, when a document is submitted; what is edited here later touches no
    running request. Every edit is noted.
    """

    _name = "bphs.approval.flow"
    _inherit = ["bphs.approval.flow.tracked.mixin"]
    _description = "Approval Flow"
    _order = "sequence, id"

    _tracked_fields = ("name", "code", "document_model", "institution_kind", "sequence", "active")
    _relaxing_fields = ("active",)

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="By this code a document finds its flow.")
    document_model = fields.Selection(selection="_selection_document_model", string="Document", required=True)
    institution_kind = fields.Selection(
        KINDS,
        string="Only for Institutions of Kind",
        help="Empty: for all kinds that have no flow of their own.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stage_ids = fields.One2many("bphs.approval.stage", "flow_id", string="Stages", copy=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(institution_kind, '')) WHERE active",
        "An active flow with this code and kind of institution exists already.",
    )

    @api.model
    def _selection_document_model(self):
        mixin = self.env.registry["bphs.approval.mixin"]
        return [
            # Names of kinds of documents are no secret; users may not read the table of models.
            (name, self.env["ir.model"].sudo()._get(name).name or name)
            for name, model in sorted(self.env.registry.items())
            if issubclass(model, mixin) and not model._abstract
        ]

    # Called whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        # The requests that count are everyone's, not those in the scope of who deletes.
        requests = self.env["bphs.approval.request"].sudo()
        if requests.search_count([("flow_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Documents went through this approval flow. Archive it instead of deleting it."))

    def unlink(self):
        # One by one, not by the database's cascade: each stage that goes is noted.
        self.stage_ids.unlink()
        return super().unlink()

    def _tracked_flow(self):
        return self

    @api.model
    def _find(self, code, document_model, institution):
        """The flow for a document: the one for its kind of institution before the general one.

        :raises UserError: where there is none, naming code and document
        """
        # Every user who may submit needs the flow, whoever may edit it.
        flows = self.sudo().search(
            [
                ("code", "=", code),
                ("document_model", "=", document_model),
                ("institution_kind", "in", [institution.kind, False]),
            ]
        )
        flow = flows.sorted(lambda flow: not flow.institution_kind)[:1]
        if not flow:
            # Users may not read the table of models; what a document is called is no secret.
            model = self.env["ir.model"].sudo()._get(document_model)
            raise UserError(
                self.env._(
                    "There is no approval flow %(code)s for %(document)s. An administrator must set it up.",
                    code=code,
                    document=model.name,
                )
            )
        return flow
