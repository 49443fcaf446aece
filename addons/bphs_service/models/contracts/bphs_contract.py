from odoo import api, models
from odoo.tools import SQL


class BphsContract(models.Model):
    _inherit = "bphs.contract"

    @api.model
    def _services_told(self):
        # A record that not everybody sees tells of no service to whoever sees the person.
        visited = SQL(
            "SELECT v.resident_id, v.done_on AS date FROM bphs_visit v JOIN bphs_resident p ON p.id = v.resident_id"
            " WHERE v.state = 'done' AND v.service_kind IS DISTINCT FROM 'signing'"
            " AND (p.restricted OR NOT v.sensitive)"
        )
        return [*super()._services_told(), visited]

    def _flush_rates(self):
        super()._flush_rates()
        self.env["bphs.visit"].flush_model()
