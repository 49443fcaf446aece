from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged

from .common import EarningCase


@tagged("post_install", "-at_install")
class TestPage(EarningCase):
    """What the doctor reads of the quarter, and what the month came to for each worker."""

    def setUp(self):
        super().setUp()
        self.worker = self.env["bphs.worker"].create(
            {"name": "王医生", "profession": "village_doctor", "institution_id": self.clinic_a1.id,
             "since": date(2020, 1, 1), "user_id": self.user["village_doctor_a1"].id}
        )  # fmt: skip
        self.done(self.zhang, date(2025, 1, 3))
        self.done(self.zhang, date(2025, 2, 3), "chronic", fasting_glucose=6.0)
        self.done(self.wang, date(2025, 2, 3), complete=False)
        self.done(self.wang, date(2025, 2, 9), mode="phone")
        self.visit("village_doctor_a1", self.wang, done_on=date(2025, 3, 9), complete=False)

    def page(self, key="village_doctor_a1", **words):
        return self.ask(key, "bphs.earning", "earned", self.q1.id, **words)

    def test_what_counted_what_did_not_and_why_what_waits(self):
        page = self.page()
        rows = {row["id"]: row for row in page["items"]}
        htn = rows[self.item_htn.id]
        self.assertEqual((htn["quantity"], htn["points"], htn["waiting"]), (2, "2", 1))
        self.assertEqual([(row["verdict"], row["count"]) for row in htn["not"]], [("incomplete", 1), ("unmet", 1)])
        self.assertEqual(rows[self.item_dm.id]["quantity"], 1)
        self.assertEqual((page["equivalents"], page["mine"], page["money"]), ("3", "3", ""))
        self.assertEqual(page["sharing"], "Each in Full")
        self.assertEqual(page["institution"], self.clinic_a1.id)

    def test_what_did_not_count_is_what_the_list_shows(self):
        """What is paid counts everybody; of what is not, and of what waits, one more than the list shows is hidden."""
        self.env["bphs.resident.group"].create(
            {"resident_id": self.wang.id, "kind": "tb", "date_from": date(2020, 1, 1)}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        page = self.page()
        htn = next(row for row in page["items"] if row["id"] == self.item_htn.id)
        self.assertEqual((htn["quantity"], htn["waiting"], htn["not"]), (2, 0, []))
        self.name_person("village_doctor_a1")
        htn = next(row for row in self.page()["items"] if row["id"] == self.item_htn.id)
        self.assertEqual(htn["waiting"], 1)
        self.assertEqual([row["verdict"] for row in htn["not"]], ["incomplete", "unmet"])

    def test_no_record_is_told_to_share_its_contact_with_one_that_is_hidden(self):
        """A county may pay for a form for named persons whomever it is filled in for."""
        self.env.cr.execute("UPDATE bphs_earning_rule SET group_kind = NULL WHERE form_code = 'tb_follow'")
        self.env.cr.execute("DELETE FROM bphs_earning_sharing")
        self.env.cr.execute("INSERT INTO bphs_earning_sharing (way, date_from) VALUES ('dearest', '2025-01-01')")
        own = self.done(self.wang, date(2025, 1, 7))
        self.assertFalse(self.wang.restricted)
        before = self.told_of(own)
        self.assertIn("counts", before[0])
        hidden = self.env["bphs.visit"].create(
            {"resident_id": self.wang.id, "template_id": self.form("tb_follow").id, "done_on": date(2025, 1, 7)}
        )
        hidden.action_complete()
        self.fill(hidden)
        worth = {self.item_htn.id: Decimal(1), self.item["TB_FOLLOWUP"].id: Decimal(9)}
        with patch.object(type(self.env["bphs.earning"]), "_worth_on", lambda *_: worth):
            self.assertEqual(self.told_of(own), before)
            words = own.with_user(self.user["village_doctor_a1"]).sudo().counting_words
            self.assertIn("shares its contact", words, "by the whole it does")

    def told_of(self, visit, key="village_doctor_a1"):
        """What a doctor is told of a record: its words, its lists, and what the page says did not count."""
        self.env.flush_all()
        self.env.invalidate_all()
        lists = [
            visit.id in self.as_user(key, "bphs.visit").search(
                [("counted_in", "=", f"{self.q1.id}/{self.clinic_a1.id}/{self.item_htn.id}/{verdict}")]
            ).ids
            for verdict in ("counts", "shared")
        ]  # fmt: skip
        htn = next(row for row in self.page(key)["items"] if row["id"] == self.item_htn.id)
        return self.as_user(key, visit).counting_words, lists, htn["not"], htn["waiting"]

    def test_what_is_deducted_for_false_work_stands_beside(self):
        visit = self.env["bphs.visit"].search([("resident_id", "=", self.zhang.id), ("done_on", "=", "2025-01-03")])
        self.assertEqual(self.page()["deducted"], "")
        prices = type(self.env["bphs.workload.price"])
        price = patch.object(prices, "_prices_on", lambda *_: {self.item_htn.id: Decimal("8.00")})
        times = patch.object(prices, "_false_times_on", lambda *_: Decimal(3))
        with price, times:
            self.assertEqual((self.page()["money"], self.page()["deducted"]), ("16.00", ""))
        doubt = self.env["bphs.authenticity.finding"].create(
            {
                "check_id": self.env["bphs.authenticity.check"].search([("code", "=", "at_once")]).id,
                "institution_id": self.clinic_a1.id,
                "date_from": self.q1.date_start,
                "date_to": self.q1.date_end,
                "key": "once",
            }
        )
        self.env["bphs.authenticity.evidence"].create({"finding_id": doubt.id, "visit_id": visit.id})
        officer = self.as_user("township_public_health_a", doubt)
        officer.action_sample()
        officer.evidence_ids.write({"verdict": "false", "how": "phone"})
        officer.action_verify()
        with price, times:
            self.assertEqual((self.page()["money"], self.page()["deducted"]), ("8.00", "24.00"))

    def test_figures_open_to_records(self):
        action = self.ask(
            "village_doctor_a1",
            "bphs.earning",
            "open_figure",
            self.q1.id,
            self.clinic_a1.id,
            self.item_htn.id,
            ["waiting"],
        )
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.visit").search(action["domain"]).state, "draft")
        with self.denied("open to named persons alone"):
            self.ask(
                "village_doctor_a1", "bphs.earning", "open_figure", self.q1.id, self.clinic_a1.id,
                self.item["SMI_FOLLOWUP"].id, ["counts"],
            )  # fmt: skip
        with self.denied("There is no such figure"):
            self.ask(
                "village_doctor_b1", "bphs.earning", "open_figure", self.q1.id, self.clinic_a1.id, self.item_htn.id, []
            )

    def test_each_sees_their_own(self):
        self.assertEqual(self.page("village_doctor_b1")["institution"], self.clinic_b1.id)
        self.assertFalse(self.page("village_doctor_b1")["items"])
        page = self.page("village_doctor_b1", institution_id=self.clinic_a1.id)
        self.assertFalse(page["items"], "an institution out of scope is none")
        self.assertEqual(len(self.page("township_public_health_a")["institutions"]), 2)
        with self.denied("is told to those who record services"):
            self.page("finance_officer")
        with self.denied("is told to those who record services"):
            self.ask("finance_officer", "bphs.earning", "open_figure", self.q1.id, 1, 1, [])

    def test_opens_on_the_last_month_with_figures(self):
        Sheet = self.as_user("township_public_health_a", "bphs.earning.workers")
        for today, month in (
            (date(2025, 3, 1), date(2025, 2, 1)),
            (date(2025, 2, 11), date(2025, 2, 1)),
            (date(2025, 5, 2), date(2025, 2, 1)),  # what March has is a draft
            (date(2027, 5, 2), date(2027, 5, 1)),
        ):
            with patch.object(type(Sheet), "_county_today", lambda _self, today=today: today):
                self.assertEqual(Sheet.default_get(["month"])["month"], month, today)
        with patch.object(type(Sheet), "_county_today", lambda _self: date(2025, 3, 1)):
            for key, month in (("primary_care_officer", 2), ("township_public_health_b", 3)):
                told = self.as_user(key, "bphs.earning.workers").default_get(["month"])["month"]
                self.assertEqual(told, date(2025, month, 1), "of what is counted for them, whatever they may open")
            self.env.cr.execute(
                "UPDATE bphs_visit SET sensitive = TRUE WHERE done_on BETWEEN '2025-02-01' AND '2025-02-28'"
            )
            self.env.invalidate_all()
            told = Sheet.default_get(["month"])["month"]
            self.assertNotEqual(told, date(2025, 2, 1), "a month of hidden records alone would tell of them")

    def test_the_month_by_worker(self):
        sheet = self.as_user("township_public_health_a", "bphs.earning.workers").create(
            {"institution_id": self.township_a.id, "month": date(2025, 2, 11)}
        )
        rows = sheet._rows()
        self.assertEqual([(row["worker"].name, row["records"], row["points"]) for row in rows],
                         [("王医生", 2, Decimal(2))])  # fmt: skip
        name, content = sheet._print_file("W1", "xlsx")
        self.assertTrue(name.endswith(".xlsx"))
        self.assertTrue(content.startswith(b"PK"))
        self.assertTrue(sheet._print_file("W1", "pdf")[1].startswith(b"%PDF"))
        sheet.month = date(2025, 6, 1)
        with self.refused("Nothing counted there in this month"):
            sheet.action_print()
        with self.refused("has not begun yet"):
            sheet.month = date(2099, 1, 1)
