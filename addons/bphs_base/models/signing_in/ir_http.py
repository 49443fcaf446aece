from werkzeug.exceptions import Unauthorized

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_bearer(cls):
        """A key of an interface is guessed no faster than a password, from one address."""
        failures = request.env["bphs.wrong.password"]
        asked = request.httprequest.headers.get("Authorization")
        if asked:
            failures._check_may_try_key()
        try:
            return super()._auth_method_bearer()
        except Unauthorized:
            if asked:
                failures._count("", "key")
            raise
