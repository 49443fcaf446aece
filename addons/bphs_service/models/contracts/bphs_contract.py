from odoo import api, models
from odoo.tools import SQL


class BphsContract(models.Model):
    _inherit = "bphs.contract"

    @api.model
    def _services_told(self):
        visited = SQL(
            "SELECT resident_id, done_on AS date FROM bphs_visit"
            " WHERE state = 'done' AND service_kind IS DISTINCT FROM 'signing'"
        )
        return [*super()._services_told(), visited]

    def _flush_rates(self):
        super()._flush_rates()
        self.env["bphs.visit"].flush_model()
