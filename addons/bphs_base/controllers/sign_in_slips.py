from odoo import http
from odoo.http import request

from .handing_out import hand_out


class SignInSlips(http.Controller):
    """Hands out the slips with first passwords, once, to whoever made them."""

    @http.route("/bphs/sign-in-slips/<int:dialog_id>.pdf", type="http", auth="user", methods=["GET"], readonly=False)
    def sign_in_slips(self, dialog_id):
        return hand_out(request.env["bphs.worker.sign.in"].browse(dialog_id)._hand_out_slips, "pdf")
