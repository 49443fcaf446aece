from odoo import Command

from odoo.addons.bphs_base.tests.common import CountyCase


class FundCase(CountyCase):
    """The small county with a budget for 2025, its four sources and a published scheme."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.document = cls.env["bphs.document"].create(
            {
                "number": "试财社〔2025〕1号",
                "title": "下达资金",
                "issuer": "试验区财政局",
                "date": "2025-01-10",
            }
        )
        cls.budget = cls.as_user("finance_officer", "bphs.fund.budget").create(
            {
                "institution_id": cls.bureau.id,
                "period_id": cls.year.id,
                "standard": 90,
                "population": 316289,
                "population_basis": "2024年末常住人口",
                "source_ids": [
                    Command.create({"level": level, "share": share})
                    for level, share in (
                        ("central", 0.60),
                        ("province", 0.20),
                        ("city", 0.04),
                        ("county", 0.16),
                    )
                ],
            }
        )
        cls.source = {source.level: source for source in cls.budget.source_ids}
        cls.scheme = cls.create_scheme()

    @classmethod
    def create_scheme(cls, **values):
        """A draft scheme of 2025 with two prices, as a finance officer makes it."""
        return cls.as_user("finance_officer", "bphs.fund.scheme").create(
            {
                "name": "2025年结算办法",
                "institution_id": cls.bureau.id,
                "period_id": cls.year.id,
                "period_from_id": cls.q1.id,
                "document_id": cls.document.id,
                "price_ids": [
                    Command.create({"item_id": cls.item_ehr.id, "price": 2}),
                    Command.create({"item_id": cls.item_htn.id, "price": 8}),
                ],
                **values,
            }
        )

    @classmethod
    def publish(cls, scheme=None, key="finance_officer"):
        """Publish through the preview, as a finance officer does."""
        scheme = (scheme or cls.scheme).with_user(cls.user[key])
        action = scheme.action_publish()
        preview = scheme.env[action["res_model"]].browse(action["res_id"])
        preview.action_publish()
        return preview

    @classmethod
    def create_plan(cls, clinic=None, key="finance_officer", **values):
        """A draft plan of 2025 with 100 files at 2.00 and 50 follow-ups at 8.00: 600.00."""
        return cls.as_user(key, "bphs.fund.plan").create(
            {
                "institution_id": (clinic or cls.clinic_a1).id,
                "period_id": cls.year.id,
                "scheme_id": cls.scheme.id,
                "line_ids": [
                    Command.create({"item_id": cls.item_ehr.id, "quantity": 100}),
                    Command.create({"item_id": cls.item_htn.id, "quantity": 50}),
                ],
                **values,
            }
        )

    @classmethod
    def create_receipt(cls, level="central", amount=1000.0, key="finance_officer", **values):
        return cls.as_user(key, "bphs.fund.receipt").create(
            {
                "source_id": cls.source[level].id,
                "document_id": cls.document.id,
                "indicator_amount": amount,
                "issued_date": "2025-01-10",
                "date": "2025-02-01",
                "amount": amount,
                **values,
            }
        )

    @classmethod
    def arrive(cls, **amounts):
        """Confirm an arrival per level."""
        for level, amount in amounts.items():
            cls.countersign(cls.create_receipt(level, amount))

    @classmethod
    def refuse(cls, lines, reason):
        """One finance officer enters that the bank refused these, another confirms it."""
        cls.as_user("finance_officer", lines).action_mark_failed(reason)
        cls.as_user("finance_officer_2", lines).action_confirm_failed()

    @classmethod
    def countersign(cls, records, key="finance_officer_2"):
        """Confirm as the second person, who looks and presses."""
        records = records.with_user(cls.user[key])
        records._countersign(records._seen())

    def pay(self, level, amount, clinic=None, period=None, origin_id=1):
        """Post a payment as the paying steps do."""
        return self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": "payment",
                    "institution_id": (clinic or self.clinic_a1).id,
                    "period_id": (period or self.q1).id,
                    "source_id": self.source[level].id,
                    "amount": -amount,
                    "origin_model": "res.users",
                    "origin_id": origin_id,
                }
            ]
        )
