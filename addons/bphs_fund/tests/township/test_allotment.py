import io

from openpyxl import load_workbook
from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..allotment_case import AllotmentCase


@tagged("post_install", "-at_install")
class TestAllotmentMethods(AllotmentCase):
    """Each of the three methods, through the models, to the fen of the rules."""

    def test_zero_sum(self):
        self.publish_method("points_zero_sum")
        self.give_scores(self.year)
        allotment = self.allot(self.year)
        self.assertEqual(self.amounts(allotment), ["6861653.14", "5086772.19", "3647618.21", "1501973.46"])
        self.assertEqual(
            [f"{line.corrected:.1f}" for line in allotment.line_ids.sorted("id")],
            ["412500.0", "305800.0", "219282.8", "90293.7"],
        )
        self.assertEqual((allotment.total_amount, allotment.carried), (17098017.00, 0.0))
        before = allotment.line_ids.read(["amount", "explanation", "score"])
        allotment.action_compute()
        self.assertEqual(allotment.line_ids.read(["amount", "explanation", "score"]), before)

    def test_fixed_value(self):
        self.publish_method("points_fixed_value")
        self.give_scores(self.year)
        allotment = self.allot(self.year)
        self.assertEqual(self.amounts(allotment, "raw"), ["6186782.47", "4586468.07", "4025533.12", "2299233.34"])
        self.assertEqual(self.amounts(allotment, "earned"), ["6186782.47", "4586468.07", "3288860.56", "1354248.44"])
        self.assertEqual(self.amounts(allotment), ["6805460.72", "4586468.07", "3288860.56", "1354248.44"])
        self.assertRecordValues(
            allotment, [{"total_bonus": 618678.25, "total_amount": 16035037.79, "carried": 1062979.21}]
        )

    def test_capitation(self):
        self.publish_method("capitation", capitation_standard=54.45)
        self.give_scores(self.year)
        allotment = self.allot(self.year)
        # 30000 × 54.45; 22000 × 54.45; 18000 × 54.45 × 0.8170; 9001 × 54.45 × 0.5890
        self.assertEqual(self.amounts(allotment), ["1633500.00", "1197900.00", "800741.70", "288671.52"])
        self.assertFalse(allotment.carried)

    def test_centres_may_have_a_method_of_their_own(self):
        centre = self.env["bphs.institution"].create(
            {"code": "T50", "name": "社区卫生服务中心", "kind": "community_centre", "parent_id": self.bureau.id}
        )
        self.publish_method("points_zero_sum")
        create = self.as_user("finance_officer", "bphs.fund.allotment").create
        together = create({"institution_id": self.bureau.id, "period_id": self.q1.id})
        self.assertEqual(together.line_ids.institution_id, self.hospitals | centre)
        with self.assertRaisesRegex(UserError, "together"):
            create({"institution_id": self.bureau.id, "period_id": self.q2.id, "kind": "community_centre"})
        self.publish_method(
            "points_zero_sum", period_from_id=self.q2.id, centre_method="capitation", capitation_standard=10
        )
        apart = create({"institution_id": self.bureau.id, "period_id": self.q2.id, "kind": "community_centre"})
        self.assertEqual((apart.line_ids.institution_id, apart.method), (centre, "capitation"))
        hospitals = create({"institution_id": self.bureau.id, "period_id": self.q2.id})
        self.assertEqual((hospitals.line_ids.institution_id, hospitals.method), (self.hospitals, "points_zero_sum"))

    def test_persons_need_a_standard_before_publishing(self):
        scheme = self.create_scheme(township_method="capitation")
        with self.assertRaisesRegex(UserError, "standard per person"):
            scheme.action_publish()

    def test_every_amount_explains_itself(self):
        self.publish_method("points_fixed_value")
        self.give_scores(self.year)
        line = self.allot(self.year).line_ids.sorted(lambda line: line.institution_id.code)[0]
        steps = {step["name"]: step for step in line.explanation}
        self.assertEqual(list(steps), ["coefficient", "raw", "earned", "bonus", "amount"])
        self.assertEqual(steps["raw"]["numbers"], "17,098,017.00 × 412500.00 ÷ 1140000.00")
        self.assertIn("上限 618,678.25", steps["bonus"]["numbers"])
        self.assertEqual(steps["amount"]["result"], "6,805,460.72")
        self.assertTrue(all(step["formula"] and step["numbers"] and step["label"] for step in steps.values()))

    def test_points_from_verified_work(self):
        self.publish_method("points_zero_sum")
        values = (self.item_ehr | self.item_htn)._equivalents_on(self.q1.date_end)
        expected = round(96 * values[self.item_ehr.id] + 10 * values[self.item_htn.id], 4)
        self.work(self.township_a, self.q1, {self.item_ehr: (100, 3, 1), self.item_htn: 10})
        self.work(self.township_a, self.q2, {self.item_htn: 5})
        allotment = self.allot(self.q1, compute=False)
        allotment.action_points_from_work()
        line = allotment.line_ids.filtered(lambda line: line.institution_id == self.township_a)
        self.assertEqual(line.points, expected)
        other = allotment.line_ids.filtered(lambda line: line.institution_id == self.township_b)
        self.assertEqual(other.points, 305800, "without a verified statement what was entered stays")
        year = self.allot(self.year, compute=False)
        year.action_points_from_work()
        line = year.line_ids.filtered(lambda line: line.institution_id == self.township_a)
        self.assertEqual(line.points, round(expected + 5 * values[self.item_htn.id], 4))


@tagged("post_install", "-at_install")
class TestAllotment(AllotmentCase):
    """From the draft to the bank, what stays in the pool, and taking back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish_method("points_fixed_value")

    def payables(self):
        return self.env["bphs.fund.payable"].search([("budget_id", "=", self.budget.id), ("kind", "=", "township")])

    def test_what_is_missing_is_said_of_each(self):
        allotment = self.allot(self.q1, pool=0, compute=False)
        allotment.line_ids[1].points = 0
        with self.assertRaises(UserError) as refusal:
            allotment.action_compute()
        for part in (f"{self.township_a.name}: no score", f"{self.township_b.name}: no points", "pool"):
            self.assertIn(part, str(refusal.exception))
        self.assertFalse(allotment.computed_on)
        with self.assertRaisesRegex(UserError, "compute first"):
            allotment.action_approval_submit()

    def test_from_draft_to_bank(self):
        self.give_scores(self.q1)
        self.arrive(central=20000000.0)
        allotment = self.approve_allotment(self.allot(self.q1))
        self.assertTrue(allotment.posted)
        self.assertEqual(self.ledger(self.hospitals, "settlement"), "16035037.79")
        self.assertEqual(self.ledger(self.bureau, "carry"), "1062979.21", "granted + carried = pool")
        payables = self.payables()
        self.assertEqual(sorted(payables.mapped("amount")), [1354248.44, 3288860.56, 4586468.07, 6805460.72])
        for unit in self.hospitals[:3]:
            self.account(unit, unit.name, f"9999000000000{unit.code[1:]}")
        self.assertEqual(self.published.payment_path, "doctor", "the path of the clinics' money is another matter")
        batch = self.batch(kind="township")
        self.assertEqual(set(batch.line_ids.mapped("payee_name")), set(self.hospitals[:3].mapped("name")))
        self.assertIn("丁镇卫生院", batch.left_ids.reason)
        self.pay_batch(batch)
        batch.action_mark_paid("记-1", "2025-05-01")
        self.assertEqual(self.ledger(self.hospitals, "payment"), "-14680789.35")
        self.assertEqual(self.ledger(self.hospitals, "settlement", "payment"), "1354248.44")
        self.assertFalse(self.env["bphs.fund.overpaid"].search([("amount", "!=", 0)]))
        with self.assertRaisesRegex(UserError, "settled"):
            self.env["bphs.fund.score"].search([("institution_id", "=", self.township_a.id)]).with_user(
                self.user["primary_care_officer"]
            ).write({"score": 99})

    def test_the_remainder_is_taken_up_once(self):
        self.give_scores(self.q1)
        self.give_scores(self.q2)
        self.give_scores(self.q3, (80, 80, 80, 80))
        first = self.approve_allotment(self.allot(self.q1))
        second = self.allot(self.q2, pool=1000000.00)
        self.assertEqual(second.carry_from_ids, first)
        self.assertRecordValues(second, [{"carried_in": 1062979.21, "pool_amount": 2062979.21}])
        third = self.allot(self.q3, pool=1000.00)
        self.assertFalse(third.carry_from_ids, "another document holds it already")
        self.approve_allotment(second)
        self.assertEqual(f"{second.total_amount + second.carried:.2f}", "2062979.21")
        self.assertEqual(self.ledger(self.bureau, "carry"), f"{second.carried:.2f}")
        third.action_compute()
        self.assertEqual(third.carry_from_ids, second)
        self.approve_allotment(third)
        granted = first.total_amount + second.total_amount + third.total_amount
        added = 17098017.00 + 1000000.00 + 1000.00
        self.assertEqual(f"{granted + third.carried:.2f}", f"{added:.2f}", "never lost")
        self.assertEqual(self.ledger(self.bureau, "carry"), f"{third.carried:.2f}")

    def test_a_draft_that_goes_leaves_the_remainder(self):
        self.give_scores(self.q1)
        self.give_scores(self.q2)
        first = self.approve_allotment(self.allot(self.q1))
        draft = self.allot(self.q2, pool=1.00)
        self.assertEqual(first.carry_to_id, draft)
        draft.unlink()
        self.assertFalse(first.carry_to_id)

    def test_settled_once(self):
        self.give_scores(self.q1)
        self.give_scores(self.year)
        year = self.allot(self.year)
        self.approve_allotment(self.allot(self.q1))
        with self.assertRaisesRegex(UserError, "not both"):
            year.action_approval_submit()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.allot(self.q1)
        empty = self.as_user("finance_officer", "bphs.fund.allotment").create(
            {"institution_id": self.bureau.id, "period_id": self.q1.id}
        )
        self.assertFalse(empty.line_ids, "whoever is settled for the period is not proposed again")

    def test_what_changed_since_computing_is_noticed(self):
        scores = self.give_scores(self.q1)
        allotment = self.allot(self.q1)
        scores[0].score = 80
        with self.assertRaisesRegex(UserError, "Compute again"):
            allotment.action_approval_submit()
        allotment.action_compute()
        allotment.line_ids[0].points = 1
        self.assertFalse(allotment.computed_on)
        self.assertFalse(any(allotment.line_ids.mapped("amount")), "no amount beside points it did not come from")
        allotment.action_compute()
        allotment.action_approval_submit()
        scores[1].score = 80
        self.approve(allotment, "primary_care_officer", "finance_officer_2", "deputy_leader")
        self.approve(allotment, "leader", minutes_number="纪要")
        with self.assertRaisesRegex(UserError, "Compute again"):
            self.approve(
                allotment,
                "finance_officer_2",
                external_number="9号",
                external_scan="JVBERi0xLjQ=",
                external_scan_name="批复.pdf",
            )

    def test_taking_back(self):
        self.give_scores(self.q1)
        self.arrive(central=20000000.0)
        allotment = self.approve_allotment(self.allot(self.q1))
        self.account(self.township_a, self.township_a.name, "99990000000000010")
        batch = self.batch(kind="township")
        self.pay_batch(batch)
        batch.action_mark_paid("记-1", "2025-05-01")
        with self.refused("Say why the settlement is taken back"):
            allotment.action_reverse(" ")
        reversal = allotment.browse(allotment.action_reverse("当量录入有误")["res_id"])
        with self.refused("A taking back is the opposite of what it takes"):
            reversal.line_ids[0].points = 5
        with self.refused("A taking back is the opposite of what it takes"):
            reversal.action_compute()
        with self.assertRaisesRegex(UserError, "being taken back"):
            allotment.action_reverse("再次")
        self.approve_allotment(reversal)
        self.assertTrue(allotment.reversed)
        self.assertEqual(self.ledger(self.hospitals, "settlement"), "0.00")
        self.assertEqual(self.ledger(self.bureau, "carry"), "0.00")
        self.assertEqual(
            set(self.payables().mapped("state")),
            {"paid", "deducted"},
        )
        (excess,) = self.env["bphs.fund.overpaid"].search([("amount", "!=", 0)])
        self.assertEqual((excess.institution_id, excess.amount), (self.township_a, 6805460.72))
        score = self.env["bphs.fund.score"].search([("institution_id", "=", self.township_a.id)])
        score.with_user(self.user["primary_care_officer"]).score = 92
        again = self.allot(self.q1, compute=False)
        again.line_ids.filtered(lambda line: line.institution_id == self.township_a).points = 400000
        again.action_compute()
        self.approve_allotment(again)
        self.assertEqual(self.ledger(self.hospitals, "settlement"), f"{again.total_amount:.2f}")
        (excess,) = self.env["bphs.fund.overpaid"].search([("amount", "!=", 0)])
        line = again.line_ids.filtered(lambda line: line.institution_id == self.township_a)
        self.assertEqual(f"{excess.amount:.2f}", f"{6805460.72 - line.amount:.2f}", "deducted from what opened anew")

    def test_a_remainder_taken_up_binds_what_left_it(self):
        self.give_scores(self.q1)
        self.give_scores(self.q2)
        first = self.approve_allotment(self.allot(self.q1))
        second = self.approve_allotment(self.allot(self.q2, pool=1000000.00))
        with self.assertRaisesRegex(UserError, "take that back"):
            first.action_reverse("有误")
        reversal = second.browse(second.action_reverse("有误")["res_id"])
        self.approve_allotment(reversal)
        self.assertFalse(first.carry_to_id)
        self.assertEqual(self.ledger(self.bureau, "carry"), "1062979.21")
        first.action_reverse("有误")

    def test_printed(self):
        self.give_scores(self.q1)
        allotment = self.approve_allotment(self.allot(self.q1))
        __, content = self.as_user("leader", allotment)._print_file("S15", "pdf")
        with mute_logger("pypdf._cmap"):
            text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        total = "壹仟陆佰零叁万伍仟零叁拾柒元柒角玖分"
        for word in ("资金结算明细表", "甲镇卫生院", "6,805,460.72", "1,062,979.21", total):
            self.assertIn(word, text)
        __, content = self.as_user("finance_officer", allotment)._print_file("S15", "xlsx")
        values = [cell.value for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
        self.assertIn(1354248.44, values)
        __, content = self.as_user("finance_officer", allotment)._print_file("S8", "pdf")
        with mute_logger("pypdf._cmap"):
            text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        self.assertIn("基层医疗卫生机构", text)
        with self.no_right("read", "bphs.fund.allotment"):
            self.as_user("township_director_a", allotment)._print_file("S15", "pdf")

    def test_who(self):
        self.give_scores(self.q1)
        allotment = self.allot(self.q1)
        line = allotment.line_ids.filtered(lambda line: line.institution_id == self.township_a)
        self.assertEqual(self.as_user("township_director_a", "bphs.fund.allotment.line").search([]), line)
        self.assertFalse(self.as_user("village_doctor_a1", "bphs.fund.allotment.line").has_access("read"))
        context = {"bphs_approval_pass": True, "install_mode": True, "default_posted": True}
        for key in self.user:
            for record, values in (
                (line, {"amount": 1.0}),
                (line, {"posted": True}),
                (allotment, {"posted": True}),
                (allotment, {"carried": 0.0}),
                (allotment, {"carry_to_id": False}),
                (allotment, {"approval_state": "approved"}),
            ):
                with self.refused(
                    ("Amounts are computed; only points or persons", "A settlement keeps its period and institutions;"),
                    msg=f"{key} {record._name} {values}",
                ):
                    self.as_user(key, record).with_context(**context).write(values)
            if not key.startswith("finance_officer"):
                with self.no_right("write", "bphs.fund.allotment", msg=key):
                    self.as_user(key, allotment).action_compute()
                with self.denied(("bphs.fund.allotment", "Only a finance officer takes a settlement back"), msg=key):
                    self.as_user(key, allotment).action_reverse("x")
        made = (
            self.as_user("finance_officer", "bphs.fund.allotment")
            .with_context(**context)
            .create(
                {
                    "institution_id": self.bureau.id,
                    "period_id": self.q2.id,
                    "posted": True,
                    "carried": 5,
                    "reversed": True,
                }
            )
        )
        self.assertRecordValues(made, [{"carried": 0.0, "reversed": False}])
        self.approve_allotment(allotment)
        for record in (line, allotment):
            with self.refused("is under approval or approved and cannot be"):
                record.unlink()
        with self.refused("is under approval or approved and cannot be"):
            line.points = 3

    def test_the_form(self):
        with Form(self.as_user("finance_officer", "bphs.fund.allotment")) as form:
            form.period_id = self.q3
            form.pool_added = 100
        allotment = form.record
        self.assertEqual(allotment.line_ids.institution_id, self.hospitals)
        with Form(allotment) as form, form.line_ids.edit(0) as line:
            line.points = 7
        self.assertEqual(allotment.line_ids[0].points, 7)

    def test_negative_input(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.allot(self.q1, pool=-1, compute=False)
        allotment = self.allot(self.q1, compute=False)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            allotment.line_ids[0].points = -1
            self.env.flush_all()
