from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .handing_out import TYPES, hand_out


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
        return hand_out(lambda: documents.browse(record_id)._print_file(code, kind), kind)
