import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.masking import mask_account
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.holder_number import is_holder_number


class BphsBankAccount(models.Model):
    """A bank account money may be paid to. Finance alone sees it.

    Two persons stand behind every account: one proposes it, another verifies it against the
    paper. A verified
    account is fixed; a change is a new account. Not `res.partner.bank`, which every internal user
    may read.
    """

    _name = "bphs.bank.account"
    _description = "Bank Account"
    _inherit = ["bphs.scope.mixin", "bphs.fund.countersign.mixin", "bphs.waiting.mixin"]
    _order = "holder, id desc"
    _waiting_fields = ("state", "proposed_by_id")

    _frozen_except = ("state", "active")
    _server_fields = {"state": "draft", "verified_by_id": False, "verified_at": False}
    _countersign_step = "verify"
    _steps = {"verify": Step(("draft",), "verified", apart_from=("create_uid", "proposed_by_id"))}
    _countersigned_fields = ("holder", "id_number", "bank", "account_number", "institution_id")

    holder = fields.Char(required=True, index=True, help="Exactly as the bank has it.")
    id_number = fields.Char(
        string="ID or Credit Code",
        help="Identity number of a person, or unified social credit code of a unit.",
    )
    bank = fields.Char(string="Bank and Branch", required=True)
    account_number = fields.Char(required=True, index=True)
    account_masked = fields.Char(compute="_compute_account_masked")
    institution_id = fields.Many2one(help="The clinic or institution this account serves.")
    state = fields.Selection(
        [("draft", "To verify"), ("verified", "Verified")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    proposed_by_id = fields.Many2one(required=True)
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    verified_at = fields.Datetime(readonly=True, copy=False)
    duplicate_ids = fields.Many2many("bphs.bank.account", compute="_compute_duplicate_ids", string="Other Holders")
    active = fields.Boolean(default=True)

    _account_number_digits = models.Constraint(
        "CHECK(account_number ~ '^[0-9]{8,32}$')",
        "An account number has 8 to 32 digits and nothing else.",
    )
    _two_persons = models.Constraint(
        "CHECK((state = 'verified') = (verified_by_id IS NOT NULL) AND (verified_by_id IS "
        "NULL OR verified_by_id <> proposed_by_id))",
        "Who proposed an account cannot verify it: a second person is needed.",
    )

    @api.depends("holder", "account_number", "bank")
    def _compute_display_name(self):
        for account in self:
            number = mask_account(account.account_number)
            account.display_name = " ".join(filter(None, (account.holder, account.bank, number)))

    @api.depends("account_number")
    def _compute_account_masked(self):
        for account in self:
            account.account_masked = mask_account(account.account_number)

    @api.depends("account_number", "holder")
    def _compute_duplicate_ids(self):
        numbers = [account.account_number for account in self if account.account_number]
        by_number = self.search([("account_number", "in", numbers)]).grouped("account_number")
        for account in self:
            same = by_number.get(account.account_number, self.browse())
            account.duplicate_ids = same - same.grouped("holder").get(account.holder, self.browse())

    @api.constrains("account_number")
    def _check_account_number(self):
        for account in self:
            if not re.fullmatch(r"[0-9]{8,32}", account.account_number or ""):
                raise ValidationError(
                    self.env._(
                        "The account number of %(holder)s must have 8 to 32 digits and nothing else.",
                        holder=account.holder,
                    )
                )

    @api.constrains("id_number")
    def _check_id_number(self):
        for account in self:
            if account.id_number and not is_holder_number(account.id_number):
                raise ValidationError(
                    self.env._(
                        "The number of %(holder)s is neither an identity number nor a "
                        "unified social credit code: "
                        "its check digit does not fit.",
                        holder=account.holder,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        if set(vals) - {"active"}:
            return super().write(self._clean(vals))
        self.check_access("write")
        return self._write_state(vals)

    @api.model
    def _clean(self, vals):
        """Banks print numbers in groups of four: drop the blanks."""
        vals = dict(vals)
        for name in ("account_number", "id_number"):
            if isinstance(vals.get(name), str):
                vals[name] = re.sub(r"\s", "", vals[name]).upper()
        if isinstance(vals.get("holder"), str):
            vals["holder"] = vals["holder"].strip()
        return vals

    def action_verify(self, seen=None):
        """Verify proposed accounts, all or none.

        :param dict seen: {id: `content_hash` of what was compared with the paper}
        :raise UserError: one is verified already, was proposed by the user, or changed since it was looked at
        """
        self._check_countersign(seen)
        self._take_step("verify", {"verified_by_id": self.env.uid, "verified_at": fields.Datetime.now()})

    def _countersign(self, seen):
        return self.action_verify(seen)
