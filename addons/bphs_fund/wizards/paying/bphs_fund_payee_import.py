from odoo import api, fields, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.money import round4, to_decimal

from ...tools.holder_number import is_holder_number


class BphsFundPayeeImport(models.TransientModel):
    """Loads doctors, shares and accounts of clinics that have no payee yet, a row for each doctor.

    Accounts come in as proposals of whoever loads them: a second finance officer verifies each.
    """

    _name = "bphs.fund.payee.import"
    _inherit = "bphs.fund.clinic.import"
    _description = "Import Payees"

    period_id = fields.Many2one(required=False)  # payees go on from year to year
    date_from = fields.Date(string="Paid From", required=True)

    @api.model
    def _import_sheet_name(self):
        return self.env._("Payees")

    @api.model
    def _import_columns(self):
        return self._import_clinic_columns() + [
            ImportColumn(
                "name", self.env._("Name of Doctor"), "name", required=True, aliases=("姓名", "医生姓名", "户名")
            ),
            ImportColumn("share", self.env._("Share"), "decimal", required=True),
            ImportColumn(
                "id_number", self.env._("Identity Number"), "code", aliases=("身份证号码", "身份证", "证件号码")
            ),
            ImportColumn("bank", self.env._("Bank and Branch"), "name", aliases=("开户银行", "银行")),
            ImportColumn(
                "account", self.env._("Account Number"), "code", aliases=("银行账号", "账户", "卡号", "银行卡号")
            ),
        ]

    def _import_check(self, rows):
        clinics = self._import_find_clinics(rows)
        self._import_refuse_twice(rows, "name", "clinic")
        known = self._known()
        totals = {}
        for row in rows:
            code, share = row.get("clinic"), row.get("share")
            if share is not None:
                totals[code] = totals.get(code, 0) + share
            self._check_row(row)
        for row in rows:
            clinic = clinics.get(row.get("clinic"))
            if not clinic or row.get("share") is None:
                continue
            if totals[row["clinic"]] != 1:
                row.error(
                    "share",
                    self.env._(
                        "the shares of this clinic sum to %(total)s, not to 1",
                        total=totals[row["clinic"]],
                    ),
                )
            others = known.get(clinic.id, {})
            if others and row.get("name") not in others:
                row.error("clinic", self.env._("this clinic has payees already; change them there"))

    def _check_row(self, row):
        share, number = row.get("share"), row.get("id_number")
        if share is not None and (not 0 < share <= 1 or share != round4(share)):
            row.error("share", self.env._("a share lies above 0, up to 1, with at most four decimals"))
        if number and not is_holder_number(number.upper()):
            row.error("id_number", self.env._("the check digit does not fit"))
        account = "".join((row.get("account") or "").split())
        if account and not (account.isascii() and account.isdigit() and 8 <= len(account) <= 32):
            row.error("account", self.env._("an account number has 8 to 32 digits and nothing else"))
        if account and not row.get("bank"):
            row.error("bank", self.env._("must not be empty where there is an account"))

    def _import_apply(self, rows):
        clinics = self._import_find_clinics(rows)
        known = self._known()
        rows = [row for row in rows if row["name"] not in known.get(clinics[row["clinic"]].id, {})]
        with_account = [row for row in rows if row["account"]]
        accounts = self.env["bphs.bank.account"].create(
            [
                {
                    "holder": row["name"],
                    "id_number": row["id_number"] or False,
                    "bank": row["bank"],
                    "account_number": row["account"],
                    "institution_id": clinics[row["clinic"]].id,
                }
                for row in with_account
            ]
        )
        account_of = {row.number: account.id for row, account in zip(with_account, accounts, strict=True)}
        payees = self.env["bphs.fund.payee"].create(
            [
                {
                    "institution_id": clinics[row["clinic"]].id,
                    "name": row["name"],
                    "share": to_decimal(row["share"]),
                    "date_from": self.date_from,
                    "account_id": account_of.get(row.number, False),
                }
                for row in rows
            ]
        )
        return len(payees)

    def _known(self):
        """{clinic id: {names of its payees from the day on}}."""
        known = {}
        for payee in self.env["bphs.fund.payee"].search(
            ["|", ("date_to", "=", False), ("date_to", ">=", self.date_from)]
        ):
            known.setdefault(payee.institution_id.id, set()).add(payee.name)
        return known
