from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.bphs_base.controllers.handing_out import TYPES, hand_out
from odoo.addons.bphs_base.tools.importing.import_columns import template

from ..tools.roll_columns import ROLL_COLUMNS
from ..tools.roll_reader import LIMITS

SHEET = "居民名册"


class ImportUpload(http.Controller):
    """Takes a roll as a plain upload: in a form field it would come in base64, a third larger and wholly in memory."""

    @http.route(
        "/bphs_resident/import/upload",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=LIMITS.size + 2**20,
    )
    def upload(self, import_id, file, model="bphs.resident.import"):
        """Put a file into a run of the current user and have it checked.

        :param str model: of the run: the register's own import, or one of a module that is built on it
        :return: JSON ``{"id": id of the run}``, or ``{"error": text}`` where the file is not taken
        """
        if not import_id.isdecimal() or not hasattr(file, "read"):
            raise BadRequest()
        runs, imports = request.env.registry.get(model), request.env.registry["bphs.resident.import"]
        if not runs or not issubclass(runs, imports):
            raise BadRequest()
        run = request.env[model].browse(int(import_id)).exists()
        if not run:
            raise BadRequest()
        try:
            run._receive(file.filename, file.read())
        except UserError as error:
            # Refused before anything was written; as a page the reason would be lost on the form.
            return request.make_json_response({"error": str(error)})
        return request.make_json_response({"id": run.id})

    @http.route(
        "/bphs_resident/import/<int:import_id>/rejects", type="http", auth="user", methods=["GET"], readonly=False
    )
    def rejects(self, import_id):
        """The rejected rows of a run of the current user, entered in the log; 404 for what is not theirs."""
        run = request.env["bphs.resident.import"].browse(import_id)
        return hand_out(run._download_rejects, "xlsx")

    @http.route("/bphs_resident/import/template", type="http", auth="user", methods=["GET"], readonly=True)
    def template(self):
        """An empty roll with the headings an import reads, and the choices of its columns."""
        request.env["bphs.resident.import"].browse().check_access("create")
        headers = [("Content-Type", TYPES["xlsx"]), ("Content-Disposition", content_disposition(f"{SHEET}.xlsx"))]
        return request.make_response(template(SHEET, ROLL_COLUMNS, ()), headers)
