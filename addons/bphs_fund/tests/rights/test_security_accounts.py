from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..paying_case import PayingCase

NUMBER = "99990000000000001"
OUTSIDERS = (
    "administrator",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "rectification_clerk",
    "finance_bureau",
    "auditor",
    "township_director_a",
    "township_accountant_a",
    "township_public_health_a",
    "village_doctor_a1",
)


@tagged("post_install", "-at_install")
class TestSecurityAccounts(PayingCase):
    """Account and identity numbers leave finance by no way: not read, and not guessed by what a search finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=600.0, province=200.0, city=40.0, county=160.0)
        cls.wang = cls.account(cls.clinic_a1, "王医生", NUMBER)
        cls.payees(cls.clinic_a1, ("王医生", cls.wang, 1))
        cls.prepay(cls.q1)
        cls.payment = cls.batch()
        cls.pay_batch(cls.payment)
        cls.line = cls.payment.line_ids
        cls.payee = cls.line.payee_id
        # Even who may export lists exports no accounts.
        cls.env.ref("bphs_base.group_user").implied_ids |= cls.env.ref("base.group_allow_export")

    def _holders(self):
        """Records that point at the account, as (record, path to it)."""
        return [
            (self.payee, "account_id"),
            (self.line, "account_id"),
            (self.line, "payee_id.account_id"),
            (self.line.payable_id, "line_ids.account_id"),
            (self.payment, "line_ids.account_id"),
        ]

    def _refused(self, attempt):
        """Whether nothing can be learnt: refused, or the same answer whatever the number."""
        try:
            with self.cr.savepoint():
                right, wrong = attempt("9999%"), attempt("1111%")
        except (AccessError, ValueError, KeyError):
            return True
        return right == wrong

    def test_no_search_tells_a_number(self):
        for key in OUTSIDERS:
            for record, path in self._holders():
                mine = self.as_user(key, record).env[record._name]
                for field in ("account_number", "id_number", "account_masked"):
                    searched = f"{path}.{field}"
                    for attempt in (
                        lambda text, mine=mine, searched=searched: mine.search([(searched, "=like", text)]).ids,
                        lambda text, mine=mine, searched=searched: mine.search_count(
                            [("id", "any", [(searched, "=like", text)])]
                        ),
                        lambda text, mine=mine, searched=searched: mine.formatted_read_group(
                            [(searched, "=like", text)], [], ["__count"]
                        ),
                    ):
                        with self.subTest(f"{key} {record._name} {searched}"):
                            self.assertTrue(self._refused(attempt))

    def test_finance_may_search_what_it_may_read(self):
        payees = self.as_user("finance_officer", "bphs.fund.payee")
        self.assertEqual(payees.search([("account_id.account_number", "=like", "9999%")]).ids, self.payee.ids)

    def test_no_order_group_or_aggregate_tells_an_account(self):
        for key in OUTSIDERS:
            for record in (self.payee, self.line):
                mine = self.as_user(key, record)
                model = mine.env[record._name]
                for attempt in (
                    lambda model=model: model.search([], order="account_id"),
                    lambda model=model: model.formatted_read_group([], ["account_id"], ["__count"]),
                    lambda model=model: model.formatted_read_group([], [], ["account_id:count_distinct"]),
                    lambda model=model: model.formatted_read_group([], [], ["account_id:array_agg"]),
                    lambda model=model: model.web_read_group([], ["account_id"], ["__count"]),
                    lambda mine=mine: mine.read(["account_id"]),
                    lambda mine=mine: mine.web_read({"account_id": {"fields": {"account_number": {}}}}),
                    lambda mine=mine: mine.export_data(["account_id/account_number"]),
                    lambda mine=mine: mine.export_data(["account_id/.id"]),
                    lambda model=model: model.search_read([("account_id", "=", self.wang.id)], ["display_name"]),
                ):
                    with (
                        self.subTest(f"{key} {record._name}"),
                        self.denied(
                            (
                                "bphs.fund.payee",
                                'enough rights to access the field "account_id"',
                                "bphs.fund.payment.line",
                            )
                        ),
                        self.cr.savepoint(),
                    ):
                        attempt()

    def test_accounts_themselves_are_finances_alone(self):
        for key in OUTSIDERS:
            model = self.as_user(key, "bphs.bank.account")
            for attempt in (
                lambda model=model: model.name_search("王"),
                lambda model=model: model.search([]),
                lambda model=model: model.browse(self.wang.id).read(["holder"]),
                lambda model=model: model.browse(self.wang.id).mapped("account_masked"),
                lambda model=model: model.browse(self.wang.id).action_verify({}),
            ):
                with self.subTest(key), self.denied("bphs.bank.account"), self.cr.savepoint():
                    attempt()

    def test_what_they_read_shows_the_last_four_digits_at_most(self):
        for key in OUTSIDERS:
            for record in (self.payee, self.line, self.payment, self.payment.approval_request_id, self.line.payable_id):
                mine = self.as_user(key, record)
                if not mine.has_access("read"):
                    continue
                names = [name for name, field in mine._fields.items() if mine._has_field_access(field, "read")]
                with self.subTest(f"{key} {record._name}"):
                    self.assertNotIn(NUMBER, str(mine.read(names)))

    def test_the_bank_list_is_finances_alone(self):
        for key in ("leader", "deputy_leader", "auditor", "finance_bureau", "primary_care_officer"):
            with self.denied("This form holds account numbers: only finance takes it out"):
                self.as_user(key, self.payment)._print_file("S9", "xlsx")
        __, content = self.as_user("leader", self.payment)._print_file("S8", "pdf")
        self.assertTrue(content)

    def test_an_archived_account_is_not_paid_whatever_the_context_says(self):
        self.account(self.township_a, self.township_a.name, "99990000000000009").action_archive()
        self.account(self.township_b, self.township_b.name, "99990000000000008")
        self.refuse(self.line, "账号已销户")
        self.wang.action_archive()
        for path in ("township", "doctor"):
            self.pay_by(path)
            payment = self.as_user("finance_officer", "bphs.fund.payment").create({"budget_id": self.budget.id})
            payment.with_context(active_test=False).action_fill()
            with self.subTest(path):
                self.assertNotIn(self.clinic_a1, payment.line_ids.institution_id)
                self.assertIn(self.clinic_a1, payment.left_ids.institution_id)
            payment.unlink()

    def test_a_verified_account_changes_by_nobody(self):
        for vals in (
            {"account_number": "88880000000000001"},
            {"state": "draft"},
            {"verified_by_id": False},
            {"active": False, "account_number": "88880000000000001"},
        ):
            for key in ("finance_officer", "finance_officer_2"):
                with (
                    self.refused(
                        (
                            "is no longer a draft and cannot be changed or deleted",
                            "is set by the buttons of the form, not by writing it",
                        )
                    ),
                    self.cr.savepoint(),
                ):
                    self.as_user(key, self.wang).write(vals)
