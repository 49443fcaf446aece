from odoo.http import route

from odoo.addons.web.controllers.binary import Binary

from ..models.platform.client_requests import told_at_full_moments
from ..models.platform.ir_binary import refusals


class Images(Binary):
    """A picture of a record that is hidden, or is not there: Odoo's own instead, at a full moment."""

    @route()
    def content_image(self, **asked):
        refused = []
        before = refusals.set(refused)
        try:
            with told_at_full_moments(lambda: bool(refused)):
                return super().content_image(**asked)
        finally:
            refusals.reset(before)
