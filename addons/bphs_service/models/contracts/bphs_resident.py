from odoo import models

CONTRACT_SERVICE = "contract_service"


class BphsResident(models.Model):
    _inherit = "bphs.resident"

    def action_record_service(self):
        """:return: the action that enters a family-doctor service: a service record of the simple form"""
        action = super().action_record_service()
        form = self.env["bphs.form.template"]._in_use(CONTRACT_SERVICE)
        given = {**action["context"], "default_template_id": form.id}
        return {**action, "res_model": "bphs.visit", "target": "current", "context": given}
