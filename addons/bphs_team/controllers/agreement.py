from odoo import http
from odoo.http import request

from odoo.addons.bphs_base.tools.masking import mask_name


class Agreement(http.Controller):
    """What the QR code of an agreement opens, for whoever holds the paper: whether it is real, and a way to say so."""

    @http.route("/bphs_team/agreement/<string:code>", type="http", auth="public", methods=["GET"], sitemap=False)
    def check(self, code):
        """Show whether there is such an agreement; of the person no more than a masked name."""
        return self._page(self._contract(code), code)

    @http.route("/bphs_team/agreement/<string:code>/confirm", type="http", auth="public", methods=["POST"])
    def confirm(self, code):
        """Enter that the person who holds the paper has signed it."""
        contract = self._contract(code)
        if contract.state in ("review", "running", "renewed") and not contract.confirmed:
            contract._confirm("yes", "qr")
        return self._page(contract, code)

    def _contract(self, code):
        # sudo: nobody is signed in here; the code stands on the paper alone and cannot be guessed
        return request.env["bphs.contract"].sudo()._of_code(code)

    def _page(self, contract, code):
        # The page goes with the paper, which is Chinese, whatever the phone speaks.
        request.update_context(lang="zh_CN")
        contract = contract.with_context(lang="zh_CN")
        values = {
            "contract": contract,
            "code": code,
            "name": contract and mask_name(contract.resident_id.name),
            "state": dict(contract._fields["state"]._description_selection(request.env)).get(contract.state)
            if contract
            else "",
        }
        return request.render("bphs_team.agreement_check", values, headers=[("Cache-Control", "no-store")])
