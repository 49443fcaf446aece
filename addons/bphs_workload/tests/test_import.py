from odoo.tests import tagged

from odoo.addons.bphs_base.tests.import_case import ImportCase

from .common import WorkloadCase

CLINIC = ["Period", "Clinic Code", "Clinic Name"]
FINDINGS = [
    *CLINIC,
    "Item Code",
    "Item Name",
    "Reported",
    "Invalid",
    "Invalid Reason",
    "False Quantity",
]


@tagged("post_install", "-at_install")
class TestImport(ImportCase, WorkloadCase):
    def setUp(self):
        super().setUp()
        self.htn, self.ehr = (f"{item.name}（{item.unit}）" for item in (self.item_htn, self.item_ehr))

    def load(self, key, rows, model="bphs.workload.import", **vals):
        vals.setdefault("period_id", self.q1.id)
        wizard = self.import_file(model, key, rows, **vals)
        wizard.action_load()
        return wizard

    def quantities(self):
        return [
            self.stored(self.statement_a1),
            self.stored(self.statement_a2),
            self.stored(self.statement_b1),
        ]

    def assertLoadsNothing(self, reasons, key, rows, **vals):
        before = self.quantities()
        wizard = self.load(key, rows, **vals)
        self.env.invalidate_all()
        self.assertEqual(self.quantities(), before)
        self.assertRefused(wizard, reasons)

    # === REPORTED AND PLANNED === #

    def test_the_template_goes_out_filled_and_comes_back(self):
        self.report(self.statement_a1, HTN_FOLLOWUP=4)
        wizard = self.as_user("township_public_health_a", "bphs.workload.import").create({"period_id": self.q1.id})
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertEqual(
            [row[:3] for row in rows[1:]],
            [
                ["2025Q1", "T11", "甲一村卫生室"],
                ["2025Q1", "T12", "甲二村卫生室"],
            ],
        )
        self.assertEqual(len(rows[0]), 3 + len(self.item))
        at = rows[0].index(self.htn)
        self.assertEqual(rows[1][at], 4)
        rows[2][at] = 9
        wizard = self.load("township_public_health_a", rows)
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 1), wizard.message)
        self.assertEqual(self.line(self.statement_a2, self.item_htn).verified, 9)
        again = self.load("township_public_health_a", rows)
        self.assertEqual((again.state, again.loaded_count), ("loaded", 0))

    def test_a_doctor_loads_their_own_clinic_and_blanks_change_nothing(self):
        self.report(self.statement_a1, EHR_UPDATE=6)
        wizard = self.load("village_doctor_a1", [[*CLINIC, self.htn, self.ehr], ["2025Q1", "T11", "", 12, ""]])
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertEqual(self.line(self.statement_a1, self.item_htn).reported, 12)
        self.assertEqual(self.line(self.statement_a1, self.item_ehr).reported, 6)

    def test_the_plan_is_loaded_by_the_county(self):
        rows = [[*CLINIC, self.htn], ["2025Q1", "T11", "", 40], ["2025Q1", "T21", "", 50]]
        wizard = self.load("primary_care_officer", rows, quantity="planned")
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 2), wizard.message)
        self.assertEqual(self.line(self.statement_b1, self.item_htn).planned, 50)
        for key, quantity in (
            ("primary_care_officer", "reported"),
            ("village_doctor_a1", "planned"),
        ):
            with self.denied("Your role may not load these quantities", msg=key):
                self.load(key, rows[:2], quantity=quantity)

    def test_bad_rows_load_nothing_and_come_back_with_reasons(self):
        self.submitted(self.statement_a2, HTN_FOLLOWUP=1)
        clinic_a3 = self.clinic_a1.copy({"code": "T13", "name": "甲三村卫生室"})
        self.Workload._open_period(self.q1, clinic_a3)
        heading = [*CLINIC, self.htn, self.ehr]
        good = ["2025Q1", "T13", "甲三村卫生室", 5, 6]
        cases = {
            "unknown clinic": (["2025Q1", "T99", "", 1, 1], "T99"),
            "negative": (["2025Q1", "T11", "", -1, 1], "negative"),
            "text in a number": (["2025Q1", "T11", "", "十二", 1], "十二"),
            "half a visit": (["2025Q1", "T11", "", 1.5, 1], "1.5"),
            "someone else's clinic": (["2025Q1", "T21", "", 1, 1], "T21"),
            "last quarter's file": (["2024Q4", "T11", "", 1, 1], "2024Q4"),
            "no clinic": (["2025Q1", "", "", 1, 1], "empty"),
            "submitted already": (["2025Q1", "T12", "", 1, 1], "Submitted"),
            "no statement": (["2025Q1", "T10", "", 1, 1], "no statement"),
        }
        for name, (row, reason) in cases.items():
            with self.subTest(name):
                self.assertLoadsNothing({3: reason}, "township_public_health_a", [heading, good, row])
                self.assertFalse(self.Workload.search([("institution_id", "=", clinic_a3.id)]).filled_count)

    def test_a_duplicate_row_loads_nothing(self):
        row = ["2025Q1", "T11", "", 5]
        self.assertLoadsNothing({3: "row 2"}, "village_doctor_a1", [[*CLINIC, self.htn], row, row])

    def test_a_locked_period_loads_nothing(self):
        self.as_user("finance_officer", self.q1).action_lock("结账", self.clinic_a1.id)
        rows = [[*CLINIC, self.htn], ["2025Q1", "T11", "", 5], ["2025Q1", "T12", "", 5]]
        self.assertLoadsNothing({2: "2025Q1"}, "township_public_health_a", rows)

    def test_a_wrong_sheet_or_heading_loads_nothing(self):
        before = self.quantities()
        row = ["2025Q1", "T11", "", 5]
        wizard = self.load("village_doctor_a1", [[*CLINIC, "高血亚随访"], row])
        self.assertEqual(wizard.state, "unmatched")
        self.assertIn("高血亚随访", wizard.message)
        wizard = self.load("village_doctor_a1", [["Period", "Clinic", self.htn], row])
        self.assertEqual(wizard.state, "unmatched")
        with self.refused("The sheet has headings but no rows"):
            self.load("village_doctor_a1", [[*CLINIC, self.htn]])
        self.assertEqual(self.quantities(), before)

    def test_a_rejected_workbook_is_mended_and_comes_back(self):
        wizard = self.load("village_doctor_a1", [[*CLINIC, self.htn], ["2025Q1", "T11", "", "五"]])
        rows = self.read_book(wizard.reject_file)
        rows[1][3] = 5
        wizard = self.load("village_doctor_a1", rows)
        self.assertEqual(wizard.state, "loaded", wizard.message)

    # === FINDINGS === #

    def finding(self, clinic="T11", item="HTN_FOLLOWUP", reported=10, invalid=None, reason=None, false=None):
        return ["2025Q1", clinic, "", item, "", reported, invalid, reason, false]

    def load_findings(self, rows, key="township_public_health_a"):
        return self.load(key, [FINDINGS, *rows], model="bphs.workload.findings.import")

    def test_findings_are_loaded_into_submitted_statements(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=10)
        wizard = self.as_user("township_public_health_a", "bphs.workload.findings.import").create(
            {"period_id": self.q1.id}
        )
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertEqual(
            [row[1:6] for row in rows[1:]],
            [["T11", "甲一村卫生室", "HTN_FOLLOWUP", self.item_htn.name, 10]],
        )
        wizard = self.load_findings([self.finding(invalid=2, reason="无血压值", false=1)])
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 1), wizard.message)
        self.assertRecordValues(
            self.line(self.statement_a1, self.item_htn),
            [{"invalid": 2, "invalid_reason": "无血压值", "false_qty": 1, "verified": 7}],
        )
        wizard = self.load_findings([self.finding()])
        self.assertEqual(wizard.loaded_count, 0, "a blank cell changes nothing")
        self.assertEqual(self.line(self.statement_a1, self.item_htn).verified, 7)
        wizard = self.load_findings([self.finding(invalid=0, reason="清空", false=0)])
        self.assertEqual(wizard.loaded_count, 1, wizard.message)
        self.assertEqual(self.line(self.statement_a1, self.item_htn).verified, 10)
        self.assertFalse(self.line(self.statement_a1, self.item_htn).invalid_reason)

    def test_bad_findings_load_nothing(self):
        self.submitted(self.statement_a1, HTN_FOLLOWUP=10, EHR_UPDATE=3)
        good = self.finding(item="EHR_UPDATE", reported=3, false=1)
        cases = {
            "more refused than reported": (
                self.finding(invalid=6, reason="重复", false=5),
                "reported",
            ),
            "no reason": (self.finding(invalid=1), "reason"),
            "negative": (self.finding(false=-1), "negative"),
            "unknown item": (self.finding(item="HTN"), "HTN"),
            "another figure": (self.finding(reported=11, false=1), "10"),
            "not submitted": (self.finding(clinic="T12", reported=0), "To Fill In"),
            "another township": (self.finding(clinic="T21"), "T21"),
            "twice": (good, "row 2"),
            "text in a number": (self.finding(invalid="两次", reason="x"), "两次"),
        }
        before = self.quantities()
        for name, (row, reason) in cases.items():
            with self.subTest(name):
                wizard = self.load_findings([good, row])
                self.env.invalidate_all()
                self.assertEqual(self.quantities(), before)
                self.assertRefused(wizard, {3: reason})

    def test_findings_are_the_township_s(self):
        for key in ("village_doctor_a1", "primary_care_officer", "auditor"):
            with self.no_right("create", "bphs.workload.findings.import", msg=key):
                self.load_findings([self.finding()], key)
