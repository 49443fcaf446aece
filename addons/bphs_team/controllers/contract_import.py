from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.bphs_base.controllers.handing_out import TYPES, hand_out
from odoo.addons.bphs_base.tools.importing.import_columns import template

from ..tools.contract_row import COLUMNS, SHEET


class ContractImport(http.Controller):
    """What an import of contracts gives out: the empty sheet, and the rejected rows."""

    @http.route("/bphs_team/import/<int:import_id>/rejects", type="http", auth="user", methods=["GET"], readonly=False)
    def rejects(self, import_id):
        """The rejected rows of a run of the current user, entered in the log; 404 for what is not theirs."""
        run = request.env["bphs.contract.import"].browse(import_id)
        return hand_out(run._download_rejects, "xlsx")

    @http.route("/bphs_team/import/template", type="http", auth="user", methods=["GET"], readonly=True)
    def template(self):
        """An empty list with the headings an import reads."""
        request.env["bphs.contract.import"].browse().check_access("create")
        headers = [("Content-Type", TYPES["xlsx"]), ("Content-Disposition", content_disposition(f"{SHEET}.xlsx"))]
        return request.make_response(template(SHEET, COLUMNS, ()), headers)
