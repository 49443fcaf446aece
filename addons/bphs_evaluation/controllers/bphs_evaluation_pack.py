from odoo import http
from odoo.http import request

from odoo.addons.bphs_base.controllers.handing_out import hand_out_large


class BphsEvaluationPack(http.Controller):
    """Hands out the evidence of a unit; the sheet decides who may have it, not the address."""

    @http.route("/bphs/evaluation/pack/<int:sheet_id>.zip", type="http", auth="user", methods=["GET"], readonly=False)
    def evidence_pack(self, sheet_id):
        """The zip of one sheet; 404 for what is not there or not to be had."""
        return hand_out_large(request.env["bphs.evaluation.sheet"].browse(sheet_id)._write_pack, "zip")
