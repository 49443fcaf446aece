from odoo import models

from .bphs_contract_sample import KNOWS, UNAWARE


class BphsContract(models.Model):
    """What a person says on the telephone is how the call went, where their contract was drawn."""

    _inherit = "bphs.contract"

    def _confirm(self, said, way, note=""):
        super()._confirm(said, way, note)
        if way == "call":
            self.env["bphs.contract.sample.line"]._answered(self, KNOWS if said == "yes" else UNAWARE)
