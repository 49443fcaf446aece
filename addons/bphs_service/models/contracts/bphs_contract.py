from odoo import models
from odoo.tools import SQL


class BphsContract(models.Model):
    _inherit = "bphs.contract"

    def _served(self, day):
        visited = SQL(
            "EXISTS (SELECT FROM bphs_visit v WHERE v.resident_id = c.resident_id AND v.state = 'done'"
            " AND v.service_kind IS DISTINCT FROM 'signing' AND v.done_on BETWEEN c.date_from AND %s)",
            day,
        )
        return [*super()._served(day), visited]

    def _flush_rates(self):
        super()._flush_rates()
        self.env["bphs.visit"].flush_model()
