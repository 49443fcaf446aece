import json
import time

from werkzeug.exceptions import NotFound, TooManyRequests

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.bphs_base.tools.guessing import address_mark

from ..tools.pace import Pace

MOST_BYTES = 16_384
# By the open code of a unit, from one place; a code of one's own counts once anyway.
OPEN_PACE = Pace(60, 600)
# By one code of somebody's own: sent again and again it changes nothing, but it must not keep the server busy.
OWN_PACE = Pace(60, 600)


class Answering(http.Controller):
    """The page a code opens, and where its answer goes: for residents with a phone, and for the evaluators' tablet."""

    @http.route("/wj/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False, save_session=False)
    def questions(self, token):
        """The questions; 404 for a code that is none, and no hint whether one like it is."""
        # The page goes with the paper, which is Chinese, whatever the phone speaks.
        request.update_context(lang="zh_CN")
        door = self._door(token)
        values = request.env["bphs.survey.door"]._page(door)
        headers = [
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Robots-Tag", "noindex, nofollow"),
            ("X-Frame-Options", "DENY"),
        ]
        return request.render("bphs_survey.answering", values, headers=headers)

    @http.route(
        "/wj/<string:token>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        save_session=False,
        # Whoever answers has no session to be misused: the code itself says who may.
        csrf=False,
    )
    def answer(self, token):
        """Take one answer, as JSON; the same one sent again is the same answer."""
        said = self._said()
        door = self._door(token)
        # The tablet stands with an evaluator, and may bring a day's answers at once.
        pace = {"open": OPEN_PACE, "code": OWN_PACE}.get(door["kind"])
        place = address_mark(request.httprequest.remote_addr) if door["kind"] == "open" else ""
        if pace and not pace.admits(f"{token} {place}", time.monotonic()):
            raise TooManyRequests()
        told = request.env["bphs.survey.door"]._take(door, said)
        return request.make_json_response(told, headers=[("Cache-Control", "no-store")])

    def _said(self):
        """:raise NotFound: not what the page sends"""
        if (request.httprequest.content_length or 0) > MOST_BYTES:
            raise NotFound()
        try:
            said = json.loads(request.httprequest.get_data(as_text=True)[:MOST_BYTES])
        except ValueError as error:
            raise NotFound() from error
        if not isinstance(said, dict):
            raise NotFound()
        return said

    def _door(self, token):
        """:raise NotFound: there is no such code
        :raise TooManyRequests: and too many were tried from here
        """
        door = request.env["bphs.survey.door"]._of_token(token)
        if door:
            return door
        # Counted with wrong keys of interfaces: whoever tries codes waits like whoever tries keys.
        tries = request.env["bphs.wrong.password"]
        try:
            tries._check_may_try_key()
        except AccessDenied as refusal:
            raise TooManyRequests() from refusal
        tries._count("", "key")
        raise NotFound()
