import base64
import os
import re

from odoo import http
from odoo.http import request

from odoo.addons.auth_totp.models.totp import TOTP_SECRET_SIZE
from odoo.addons.web.controllers.home import Home

SECRET = "second_factor_secret"  # noqa: S105 the name under which the session holds it


class SecondFactor(Home):
    """Where who needs one-time codes and has none sets them up, between password and first page."""

    @http.route("/web/login/second-factor", type="http", auth="public", methods=["GET", "POST"], sitemap=False)
    def web_second_factor(self, redirect=None, code="", **kwargs):
        if request.session.uid:
            return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))
        user = request.env["res.users"].browse(request.session.get("pre_uid"))
        if not user or user._mfa_type() != "second_factor":
            return request.redirect("/web/login")
        secret = request.session.get(SECRET)
        if not secret:
            secret = base64.b32encode(os.urandom(TOTP_SECRET_SIZE // 8)).decode()
            request.session[SECRET] = secret
        error = None
        if request.httprequest.method == "POST":
            digits = re.sub(r"\s", "", code)
            if digits.isdecimal() and user.with_user(user)._totp_try_setting(secret, int(digits)):
                request.session.pop(SECRET)
                return self._second_factor_done(redirect)
            error = request.env._("That is not the code the app shows now. Enter the newest six digits.")
        # sudo, and never saved: the picture of the key, drawn as Odoo's own dialog draws it
        picture = request.env["auth_totp.wizard"].sudo().new({"user_id": user.id, "secret": secret})
        return request.render(
            "bphs_base.second_factor",
            {
                "qr_code": f"data:image/png;base64,{_text(picture.qrcode)}",
                "secret": re.sub(r"(.{4})", r"\1 ", secret).strip(),
                "error": error,
                "redirect": redirect,
            },
        )

    def _second_factor_done(self, redirect):
        request.session.finalize(request.env)
        request.update_env(user=request.session.uid)
        request.update_context(**request.session.context)
        return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))


def _text(content):
    return content.decode() if isinstance(content, bytes) else content
