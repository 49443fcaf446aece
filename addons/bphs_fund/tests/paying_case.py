from .settling_case import SettlingCase


class PayingCase(SettlingCase):
    """A county with two clinics prepaid for a quarter, doctors with accounts, and money on hand."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.publish(cls.scheme)
        for clinic in (cls.clinic_a1, cls.clinic_b1):
            cls.plan(clinic, {cls.item_ehr: 100, cls.item_htn: 50})

    @classmethod
    def account(cls, institution, holder, number, verify=True):
        account = cls.as_user("finance_officer", "bphs.bank.account").create(
            {"holder": holder, "bank": "试验农商行", "account_number": number, "institution_id": institution.id}
        )
        if verify:
            cls.countersign(account)
        return account

    @classmethod
    def payees(cls, clinic, *payees, date_from="2025-01-01"):
        """Payees of `clinic`: (name, account or None, share)."""
        return cls.as_user("finance_officer", "bphs.fund.payee").create(
            [
                {
                    "institution_id": clinic.id,
                    "name": name,
                    "account_id": account and account.id,
                    "share": share,
                    "date_from": date_from,
                }
                for name, account, share in payees
            ]
        )

    @classmethod
    def batch(cls, key="finance_officer", **values):
        payment = cls.as_user(key, "bphs.fund.payment").create({"budget_id": cls.budget.id, **values})
        payment.action_fill()
        return payment

    @classmethod
    def pay_batch(cls, payment):
        """The second finance officer and the deputy leader approve."""
        payment.action_approval_submit()
        cls.approve(payment, "finance_officer_2", "deputy_leader")

    def pay_by(self, path):
        """Have the scheme pay by another path: doctor, clinic or township."""
        self.patch(self.registry["bphs.fund.payment"], "_path_of_scheme", lambda payment: path)

    def available(self):
        self.env.invalidate_all()
        return {level: round(source.available, 2) for level, source in self.source.items()}
