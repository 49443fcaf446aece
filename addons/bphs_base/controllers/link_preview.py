from urllib.parse import urlparse

from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.html_editor.controllers.main import HTML_Editor

from ..models.platform.client_requests import told_at_full_moments
from ..tools.plausible import are_ids


class LinkPreview(HTML_Editor):
    """What a link that is pasted into a text leads to: told of records one may read.

    Odoo names whatever record the address names, to anybody who is signed in, as it did in breadcrumbs.
    """

    @route()
    def link_preview_metadata_internal(self, preview_url):
        try:
            with told_at_full_moments():
                record = self._record_of(preview_url)
                if record is not None:
                    record._check_read_alike()
                    record._tell_names()
        except AccessError as refusal:
            return {"other_error_msg": str(refusal)}
        return super().link_preview_metadata_internal(preview_url)

    @route()
    def link_preview_metadata(self, preview_url):
        # Odoo fetches whatever address anybody gives it, from within the county's network.
        return {}

    @route()
    def generate_text(self, prompt, conversation_history):
        # Odoo sends what somebody wrote to a service of its own.
        raise AccessError(request.env._("No text is sent out of the county's server."))

    def _record_of(self, url):
        """:return: the record that an address of the web client ends with, or None"""
        words = urlparse(url).path.strip("/").split("/") if isinstance(url, str) else []
        if len(words) < 2 or not words[-1].isdecimal() or not are_ids([int(words[-1])]):
            return None
        name = words[-2]
        # sudo: which records a page shows, by the name it has in addresses
        actions = request.env["ir.actions.act_window"].sudo()
        model = name if name in request.env else actions.search([("path", "=", name)], limit=1).res_model
        return request.env[model].browse(int(words[-1])) if model in request.env else None
