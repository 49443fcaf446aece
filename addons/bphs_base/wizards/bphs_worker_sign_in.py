import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.registers.bphs_institution import CLINIC_KINDS
from ..reports.sign_in_slips import Slip, slips_form
from ..tools.paper.pdf_form import form_pdf

CLINICAL = ("gp", "tcm", "public_health", "village_doctor", "nurse")


class BphsWorkerSignIn(models.TransientModel):
    """Sign-ins for workers, many at once: name, role, scope, and a printed first password each.

    Who has a sign-in gets a new first password. The slips are handed out once; the passwords stand nowhere else.
    """

    _name = "bphs.worker.sign.in"
    _description = "Sign-ins of Workers"

    state = fields.Selection([("draft", "Check"), ("made", "Print")], default="draft", readonly=True)
    role_id = fields.Many2one("res.users.role", string="Role for All")
    line_ids = fields.One2many("bphs.worker.sign.in.line", "dialog_id", string="Who Signs In")
    made_count = fields.Integer(string="Sign-ins Made", readonly=True)
    slips = fields.Binary(attachment=False, readonly=True)

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        if "line_ids" in fields_list:
            workers = self.env["bphs.worker"].browse(self.env.context.get("sign_in_worker_ids", ()))
            vals["line_ids"] = [Command.create(self._line(worker)) for worker in workers]
        return vals

    @api.model
    def _line(self, worker):
        clinic = worker.institution_id.kind in CLINIC_KINDS and worker.profession in CLINICAL
        role = self.env.ref("bphs_base.role_village_doctor") if clinic else self.env["res.users.role"]
        return {
            "worker_id": worker.id,
            "login": worker.user_id.login or worker.code,
            "role_id": role.id,
            "institution_id": worker.institution_id.id,
        }

    @api.onchange("role_id")
    def _onchange_role_id(self):
        for line in self.line_ids:
            if self.role_id and not line.has_sign_in:
                line.role_id = self.role_id

    def action_make(self):
        """Make what is missing, give everyone a first password, and keep the slips for one download."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "made":
            return self._reopen()
        self._check_lines()
        slips = [line._make() for line in self.line_ids]
        bureau = self.env.company.sudo().name  # sudo: the name that stands in every page's head
        address = self.env["ir.config_parameter"].sudo().get_param("web.base.url")  # sudo: where they sign in
        content = form_pdf(slips_form(slips, bureau, address))
        self.write({"state": "made", "made_count": len(slips), "slips": base64.b64encode(content)})
        return self._reopen()

    def action_print(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/bphs/sign-in-slips/{self.id}.pdf",
            "target": "download",
        }

    def _check_lines(self):
        if not self.line_ids:
            raise UserError(self.env._("Choose workers first."))
        without = self.line_ids.filtered(lambda line: not line.has_sign_in and not line.role_id)
        if without:
            names = "、".join(without.worker_id.mapped("name"))
            raise UserError(self.env._("Give these a role: %(names)s.", names=names))
        logins = self.line_ids.filtered(lambda line: not line.has_sign_in).mapped("login")
        # sudo: a sign-in name is unique beyond what one sees, and among those that are stopped
        users = self.env["res.users"].sudo().with_context(active_test=False)
        taken = set(users.search([("login", "in", logins)]).mapped("login"))
        taken |= {login for login in logins if logins.count(login) > 1}
        if taken:
            raise UserError(self.env._("These sign-in names are taken: %(names)s.", names="、".join(sorted(taken))))

    def _hand_out_slips(self):
        """:return: (file name, bytes); there is no second time"""
        self.ensure_one()
        self.check_access("write")
        self._lock_rows()
        if not self.slips:
            raise UserError(
                self.env._("These slips were taken out already. Who lost theirs gets a new first password.")
            )
        content = base64.b64decode(self.slips)
        self.slips = False
        name = self.env._("First Passwords") + ".pdf"
        self.env["bphs.print.log"]._record(self.env.user, "SIGNIN", name, content, rows=self.made_count)
        return name, content

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Sign-ins of Workers"),
        }


class BphsWorkerSignInLine(models.TransientModel):
    """One worker's sign-in to be made, or given a new first password."""

    _name = "bphs.worker.sign.in.line"
    _description = "Sign-in of a Worker"

    dialog_id = fields.Many2one("bphs.worker.sign.in", required=True, ondelete="cascade", index=True)
    worker_id = fields.Many2one("bphs.worker", required=True)
    has_sign_in = fields.Boolean(compute="_compute_has_sign_in")
    login = fields.Char(string="Sign-in Name", required=True)
    role_id = fields.Many2one("res.users.role")
    institution_id = fields.Many2one("bphs.institution", string="Scope", required=True)

    @api.depends("worker_id.user_id")
    def _compute_has_sign_in(self):
        for line in self:
            line.has_sign_in = bool(line.worker_id.user_id)

    def _make(self):
        """:return Slip: what stands on this one's slip"""
        worker = self.worker_id
        worker.check_access("write")
        user = worker.user_id
        if not user:
            user = self.env["res.users"].create(
                {
                    "name": worker.name,
                    "login": self.login.strip(),
                    "role_line_ids": [Command.create({"role_id": self.role_id.id})],
                    "bphs_institution_ids": [Command.set(self.institution_id.ids)],
                }
            )
            worker.user_id = user
        password = user._give_first_password()
        return Slip(worker.name, worker.institution_id.name, user.login, password)
