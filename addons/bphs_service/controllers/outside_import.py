from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.bphs_base.controllers.handing_out import TYPES, hand_out
from odoo.addons.bphs_base.tools.importing.import_columns import template

from ..tools.outside.columns import COLUMNS, SHEETS


class OutsideImport(http.Controller):
    """What an import from outside gives out: the empty sheets, and the rejected rows."""

    @http.route(
        "/bphs_service/import/<int:import_id>/rejects", type="http", auth="user", methods=["GET"], readonly=False
    )
    def rejects(self, import_id):
        """The rejected rows of a run of the current user, entered in the log; 404 for what is not theirs."""
        run = request.env["bphs.outside.import"].browse(import_id)
        return hand_out(run._download_rejects, "xlsx")

    @http.route(
        ["/bphs_service/import/template", "/bphs_service/import/template/<string:kind>"],
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def template(self, kind="visit"):
        """An empty sheet with the headings an import reads, of one of the four kinds."""
        request.env["bphs.outside.import"].browse().check_access("create")
        if kind not in COLUMNS:
            raise NotFound()
        sheet = SHEETS[kind]
        headers = [("Content-Type", TYPES["xlsx"]), ("Content-Disposition", content_disposition(f"{sheet}.xlsx"))]
        return request.make_response(template(sheet, COLUMNS[kind], ()), headers)
