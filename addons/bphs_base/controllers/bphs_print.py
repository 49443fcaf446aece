from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class BphsPrintController(http.Controller):
    """Hands out printed forms. Who may read the document may print it; the record decides, not the address."""

    @http.route(
        "/bphs/print/<string:code>/<string:model>/<int:record_id>.<string:kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def print_form(self, code, model, record_id, kind):
        """One form as PDF or xlsx; 404 for what is not there or not to be read."""
        documents = request.env.get(model)
        if documents is None or kind not in TYPES or not hasattr(documents, "_print_file"):
            raise NotFound()
        try:
            file_name, content = documents.browse(record_id)._print_file(code, kind)
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        except UserError as error:
            return request.make_response(
                str(error), headers=[("Content-Type", "text/plain; charset=utf-8")], status=422
            )
        return request.make_response(
            content,
            headers=[
                ("Content-Type", TYPES[kind]),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(file_name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
