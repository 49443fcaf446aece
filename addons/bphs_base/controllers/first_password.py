from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.home import Home


class FirstPassword(Home):
    """Where who came in with a printed password chooses another, before anything else opens."""

    @http.route("/web/login/first-password", type="http", auth="public", methods=["GET", "POST"], sitemap=False)
    def web_first_password(self, redirect=None, password="", repeated="", **kwargs):  # noqa: S107 empty, not a secret
        if request.session.uid:
            return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))
        if not request.session.get("pre_uid"):
            return request.redirect("/web/login")
        user = request.env["res.users"].browse(request.session["pre_uid"])
        error = None
        if request.httprequest.method == "POST":
            if password != repeated:
                error = request.env._("The two passwords differ.")
            else:
                try:
                    user._replace_first_password(password)
                    return self._first_password_done(user, redirect)
                except UserError as refusal:
                    error = str(refusal)
        own = user.sudo()  # sudo: their own name and sign-in name
        values = {"user_name": own.name, "login": own.login, "error": error, "redirect": redirect}
        return request.render("bphs_base.first_password", values)

    def _first_password_done(self, user, redirect):
        # A second factor, where there is one, is asked after.
        if further := user._mfa_url():
            return request.redirect(further)
        request.session.finalize(request.env)
        request.update_env(user=request.session.uid)
        request.update_context(**request.session.context)
        return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))
