from odoo import api, models
from odoo.tools import SQL


class BphsPlan(models.Model):
    """With the plans of an institution, every night, who has no blood pressure on file is looked for."""

    _inherit = "bphs.plan"

    @api.model
    def _bring_up_institution(self, institution_id):
        super()._bring_up_institution(institution_id)
        people = SQL("(SELECT id FROM bphs_resident WHERE institution_id = %s)", institution_id)
        self.env["bphs.screening"]._bring_up(people)
