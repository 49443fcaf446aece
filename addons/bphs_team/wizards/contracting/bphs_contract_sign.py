from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.contracting.bphs_contract import SOURCES
from ...models.contracting.bphs_contract_signing import Signing


class BphsContractSign(models.TransientModel):
    """Signs a person, or the members of a household who are ticked, in one action."""

    _name = "bphs.contract.sign"
    _description = "Sign a Household"
    _inherit = ["bphs.readable.links.mixin", "bphs.upload.limit.mixin"]

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many("bphs.contract.sign.line", "sign_id", string="Who Signs")
    team_id = fields.Many2one("bphs.team", required=True, ondelete="cascade")
    worker_id = fields.Many2one("bphs.worker", string="Doctor", ondelete="cascade", help="Empty: with the team.")
    team_worker_ids = fields.Many2many("bphs.worker", compute="_compute_team_worker_ids")
    package_id = fields.Many2one("bphs.package", required=True, ondelete="cascade")
    extra_ids = fields.Many2many("bphs.package", string="Further Packages")
    offered_ids = fields.Many2many("bphs.package", compute="_compute_offered_ids")
    signed_on = fields.Date(required=True, default=lambda self: self._county_today())
    date_from = fields.Date(
        string="In Force From", required=True, compute="_compute_date_from", store=True, precompute=True, readonly=False
    )
    months = fields.Integer(
        string="Term (Months)", required=True, compute="_compute_months", store=True, precompute=True, readonly=False
    )
    source = fields.Selection(
        [choice for choice in SOURCES if choice[0] != "import"], required=True, default="home", string="Where"
    )
    photo = fields.Binary(string="Photo of the Paper")
    photo_name = fields.Char()

    # === COMPUTE METHODS === #

    @api.depends("team_id", "date_from")
    def _compute_team_worker_ids(self):
        for dialog in self:
            day = dialog.date_from or self._county_today()
            members = self.env["bphs.team.member"]
            members = members.search([*members._of_team(dialog.team_id), *members._of_day(day)])
            # Of them those this user may name: a clinic's doctor sees the clinic's own.
            dialog.team_worker_ids = self.env["bphs.worker"].search([("id", "in", members.worker_id.ids)])

    @api.depends("date_from")
    def _compute_offered_ids(self):
        for dialog in self:
            dialog.offered_ids = self.env["bphs.package"]._signed_on(dialog.date_from or self._county_today())

    @api.depends("signed_on")
    def _compute_date_from(self):
        for dialog in self:
            dialog.date_from = dialog.signed_on

    @api.depends("package_id", "date_from")
    def _compute_months(self):
        for dialog in self:
            day = dialog.date_from or self._county_today()
            dialog.months = dialog.package_id.months or self.env["bphs.contract.term"]._on(day).usual

    # === OPENING === #

    @api.model
    def _open(self, resident):
        """:return: the window, filled in for a person: who of the household can be signed, and their village's team"""
        contracts = self.env["bphs.contract"]
        contracts._check_signer()
        today = self._county_today()
        # sudo: which team a village has hangs on the wall
        team = resident.sudo().team_id
        packages = self.env["bphs.package"]._signed_on(today).filtered(lambda package: package.kind == "basic")
        members = self._household_of(resident)
        members._log_reading()  # the lines name them, and tell how old they are
        # Nobody types a line: who may be signed is found here.
        dialog = self.create(
            {
                "resident_id": resident.id,
                "team_id": team.id or self._no_team(),
                "package_id": packages[:1].id or self._no_package(),
                "line_ids": [
                    Command.create(
                        {"resident_id": member.id, "chosen": not member.signed, "signed": bool(member.signed)}
                    )
                    for member in members
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": self._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _no_team(self):
        raise UserError(self.env._("No team answers for the village: assign one first."))

    def _no_package(self):
        raise UserError(self.env._("No package can be signed today: the section publishes one first."))

    @api.model
    def _household_of(self, resident):
        """The members living here whom this user may see, the person first."""
        if not resident.household_id:
            return resident
        members = self.env["bphs.resident"].search(
            [("household_id", "=", resident.household_id.id), ("status", "=", "active")], order="birth_date, id"
        )
        return resident | members

    # === ACTIONS === #

    def action_sign(self):
        """Sign everybody who is ticked, or nobody.

        :return: the contracts
        :raise UserError: nobody is ticked, or one of them cannot be signed
        """
        self.ensure_one()
        contracts = self.env["bphs.contract"]
        residents = self.line_ids.filtered("chosen").resident_id
        if not residents:
            raise UserError(self.env._("Tick who signs."))
        residents.check_access("read")
        chosen, signing = Domain("id", "in", residents.ids), self._signing()
        contracts._check_signer()
        for reason, persons in contracts._not_signed(chosen, signing):
            name, words = persons[0].display_name, contracts._signing_words()[reason]
            raise UserError(self.env._("%(name)s: %(reason)s", name=name, reason=words))
        made = contracts._sign(chosen, signing)
        if len(made) < len(residents):
            raise UserError(self.env._("Somebody else has signed one of them just now. Open the window again."))
        if self.photo:
            for contract in made:
                contract.write({"photo": self.photo, "photo_name": self.photo_name})
        return self._shown(made)

    def _signing(self):
        return Signing(
            package=self.package_id,
            extras=self.extra_ids - self.package_id,
            signed_on=self.signed_on,
            date_from=self.date_from,
            months=self.months,
            source=self.source,
            team=self.team_id,
            worker=self.worker_id,
        )

    def _shown(self, made):
        names = "、".join(made.mapped("display_name"))
        words = self.env._("%(names)s: signed until %(day)s.", names=names, day=made[:1].date_to)
        if made[:1].state == "review":
            words = self.env._("%(names)s: signed, to be accepted by the team leader.", names=names)
        return self._notification(words, next={"type": "ir.actions.act_window_close"})


class BphsContractSignLine(models.TransientModel):
    """A member of the household who may be signed along."""

    _name = "bphs.contract.sign.line"
    _description = "Who of a Household Signs"
    _inherit = ["bphs.readable.links.mixin"]

    sign_id = fields.Many2one("bphs.contract.sign", required=True, readonly=True, index=True, ondelete="cascade")
    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="cascade")
    chosen = fields.Boolean(string="Signs")
    signed = fields.Boolean(string="Has a Contract", readonly=True)
    relation = fields.Selection(related="resident_id.relation", related_sudo=False)
    age = fields.Integer(related="resident_id.age", related_sudo=False)
