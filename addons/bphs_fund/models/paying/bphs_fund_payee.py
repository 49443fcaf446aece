from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.masking import mask_account
from odoo.addons.bphs_base.tools.money import percent_text, to_decimal

from ...tools.payee_shares import Share, share_breaks


class BphsFundPayee(models.Model):
    """Who is paid a clinic's money, from when to when, and what share of it.

    On every day the shares of a clinic sum to exactly one, or it has no payee at all. A village
    without
    a doctor names the township institution that serves it.
    """

    _name = "bphs.fund.payee"
    _description = "Payee of a Clinic"
    _inherit = ["bphs.scope.mixin"]
    _order = "institution_id, date_from desc, id"

    institution_id = fields.Many2one(string="Clinic")
    township_id = fields.Many2one(related="institution_id.township_id", store=True, index=True)
    kind = fields.Selection([("person", "Doctor"), ("institution", "Institution")], default="person", required=True)
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="As the bank has it.",
    )
    worker_id = fields.Many2one(
        "bphs.worker",
        string="Doctor in the Register",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('institution_id', '=', institution_id)]",
    )
    payee_institution_id = fields.Many2one(
        "bphs.institution", string="Paid Institution", index="btree_not_null", ondelete="restrict"
    )
    account_id = fields.Many2one(
        "bphs.bank.account",
        index="btree_not_null",
        ondelete="restrict",
        groups="bphs_base.group_finance_officer",
    )
    account_masked = fields.Char(string="Account Ending", compute="_compute_account", compute_sudo=True)
    account_state = fields.Selection(
        [("missing", "No account"), ("draft", "To verify"), ("verified", "Verified")],
        compute="_compute_account",
        compute_sudo=True,
        search="_search_account_state",
    )
    share = fields.Float(digits=(5, 4), default=1.0, required=True, aggregator=None)
    date_from = fields.Date(required=True)
    date_to = fields.Date(help="Last day; empty while it goes on.")

    _share_range = models.Constraint("CHECK(share > 0 AND share <= 1)", "A share lies above 0, up to 1.")
    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "The last day comes before the first."
    )
    _kind_institution = models.Constraint(
        "CHECK((kind = 'institution') = (payee_institution_id IS NOT NULL))",
        "A payee is a doctor by name, or an institution.",
    )

    @api.depends("payee_institution_id")
    def _compute_name(self):
        for payee in self:
            payee.name = payee.payee_institution_id.name or payee.name

    @api.depends("account_id.account_number", "account_id.state")
    def _compute_account(self):
        for payee in self:
            account = payee.account_id
            payee.account_masked = mask_account(account.account_number)
            payee.account_state = account.state or "missing"

    def _search_account_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: who may see the payees may see whether an account is missing, not the account
        accounts = self.env["bphs.bank.account"].sudo()
        found = accounts._search([("state", "in", list(value))])
        domain = fields.Domain("account_id", "in", found)
        if "missing" in value:
            domain |= fields.Domain("account_id", "=", False)
        return fields.Domain("id", "in", self.sudo()._search(domain))  # sudo: as above, ids only

    @api.onchange("worker_id")
    def _onchange_worker_id(self):
        if self.kind == "person":
            self.name = self.worker_id.name or self.name

    @api.model_create_multi
    def create(self, vals_list):
        payees = super().create(vals_list)
        named = payees.filtered(lambda payee: payee.kind == "person" and not payee.worker_id)
        self.env["bphs.worker"].search(
            [("name", "in", named.mapped("name")), ("institution_id", "in", named.institution_id.ids)]
        )._link_texts()
        return payees

    def write(self, vals):
        # The clinic that is left must be whole too.
        before = self.institution_id if "institution_id" in vals else self.env["bphs.institution"]
        result = super().write(vals)
        self._check_shares_of(before)
        return result

    def unlink(self):
        clinics = self.institution_id
        result = super().unlink()
        self._check_shares_of(clinics)
        return result

    @api.constrains("institution_id", "share", "date_from", "date_to")
    def _check_shares(self):
        self._check_shares_of(self.institution_id)

    @api.model
    def _check_shares_of(self, clinics):
        """:raise ValidationError: the shares of a clinic do not sum to one on a day, names it"""
        if not clinics:
            return
        # One at a time for each clinic. The row is updated, not only locked: who waited for it would still see the
        # payees as they were before, so it fails to serialize and is run again.
        self.env.execute_query(
            SQL(
                "UPDATE bphs_institution SET write_date = write_date WHERE id IN"
                " (SELECT id FROM bphs_institution WHERE id IN %s ORDER BY id FOR NO KEY UPDATE) RETURNING id",
                tuple(clinics.ids),
            )
        )
        payees = self.search([("institution_id", "in", clinics.ids)])
        for institution, of_clinic in payees.grouped("institution_id").items():
            breaks = share_breaks(
                [Share(payee.date_from, payee.date_to or None, to_decimal(payee.share)) for payee in of_clinic]
            )
            if breaks:
                day, total = breaks[0]
                raise ValidationError(
                    self.env._(
                        "The shares of %(clinic)s must sum to 100%% on every day; on %(date)s they sum to %(total)s.",
                        clinic=institution.name,
                        date=day,
                        total=percent_text(total),
                    )
                )

    @api.constrains("account_id", "name", "kind")
    def _check_account_holder(self):
        for payee in self:
            # sudo: the rule binds whoever writes; the message names nothing of the account
            account = payee.sudo().account_id
            if payee.kind == "person" and account and account.holder != payee.name:
                raise ValidationError(self.env._("The account does not belong to %(name)s.", name=payee.name))

    @api.model
    def _for_date(self, institutions, day):
        """Return {clinic: its payees on `day`}; a clinic without payees is missing."""
        return self.search(
            [
                ("institution_id", "in", institutions.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        ).grouped("institution_id")
