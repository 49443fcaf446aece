import io
from datetime import date

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestPapers(GradingCase):
    """What is printed of colours: the ledger, the page for the elder, the picture."""

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)
        self.visit("village_doctor_a1", self.man, "elder_exam", done_on=self.day)
        vals = {"resident_id": self.man.id, "kind": "adl_score", "value": "5"}
        self.as_user("village_doctor_a1", "bphs.elderly.outside").create(vals)

    def cells(self, content):
        sheet = load_workbook(io.BytesIO(content)).active
        return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]

    def blocks(self, key, record, code):
        """:return str: the words of a form, as the paper has them"""
        record = self.as_user(key, record).with_context(lang="zh_CN")
        template = self.env["bphs.print.template"]._for(code)
        (form,) = record._printed_forms()[code].papers(record, template)
        return "\n".join(block.text for block in form.blocks if hasattr(block, "text"))

    def ledger(self, key, **vals):
        return self.as_user(key, "bphs.elderly.ledger").create(
            {"institution_id": self.clinic_a1.id, "division_id": self.village_a1.id, **vals}
        )

    def test_e16_the_ledger_of_a_village(self):
        ledger = self.ledger("village_doctor_a1", colour="yellow")
        action = ledger.with_context(print_code="E16", print_kind="xlsx").action_print()
        self.assertIn("/bphs/print/E16/", action["url"])
        _name, content = ledger._print_file("E16", "xlsx")
        rows = self.cells(content)
        head = next(row for row in rows if "档案号" in row)
        self.assertEqual(
            head, ["序号", "档案号", "姓名", "年龄", "自理", "颜色", "理由", "应访", "已访", "下次", "责任人"]
        )
        row = next(row for row in rows if self.man.ehr_number in row)
        self.assertIn("轻度依赖", row)
        self.assertIn("◆ 黄", row)
        self.assertNotIn("赵大年", " ".join(row))
        self.assertTrue(ledger._print_file("E16", "pdf")[1].startswith(b"%PDF"))

    def test_e16_stands_in_the_print_log_with_a_number_that_tells_of_nobody(self):
        other = self.make("钱大年", self.village_a1, "19550601", 13)
        self.visit("village_doctor_a1", other, "elder_exam", done_on=self.day)
        self.env["bphs.resident.group"].create({"resident_id": other.id, "kind": "smi", "date_from": self.day})
        self.name_person("village_doctor_a1")
        ledger = self.ledger("village_doctor_a1")
        shown = ledger._standings()
        self.assertIn(other, shown.resident_id)
        ledger._print_file("E16", "xlsx")
        entry = self.as_user("auditor", "bphs.print.log").search([("code", "=", "E16")], limit=1)
        self.assertEqual(entry.row_count, len(shown) - 1)

    def test_e16_for_whoever_may_have_a_list(self):
        with self.refused("No elder stands in a colour there"):
            self.ledger("village_doctor_a1", colour="red").with_context(print_code="E16").action_print()
        with self.no_right("create", "bphs.elderly.ledger"):
            self.ledger("primary_care_officer")

    def test_e16_counts_visits_that_were_due(self):
        self.on(2026, 3, 10)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        self.on(2026, 3, 20)
        residents = self.man
        self.assertEqual(residents._elder_visits()[self.man.id], [1, 0], "within a week after becoming worse")
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=150, diastolic=80)
        self.assertEqual(residents._elder_visits()[self.man.id], [1, 1])

    def test_l1_the_page_for_the_elder(self):
        action = self.as_user("village_doctor_a1", self.man).action_print_elder()
        self.assertIn("/bphs/print/L1/bphs.elderly.standing/", action["url"])
        words = self.blocks("village_doctor_a1", self.standing(self.man), "L1")
        for part in ("赵大年", "70 岁", "◆ 黄", "需要多加留意", "原因"):
            self.assertIn(part, words)
        name, content = self.as_user("village_doctor_a1", self.standing(self.man))._print_file("L1", "pdf")
        self.assertTrue(content.startswith(b"%PDF"))
        log = self.env["bphs.print.log"].search([("code", "=", "L1")], limit=1)
        self.assertNotIn("赵大年", " ".join(map(str, self.as_user("auditor", log).read()[0].values())))
        self.assertIn("赵大年", name)
        self.assertIn("以前接受随访", words)
        self.on(2026, 7, 1)
        self.assertIn("随访已到期", self.blocks("village_doctor_a1", self.standing(self.man), "L1"))
        with self.refused("stands in no colour"):
            young = self.make("钱壮年", self.village_a1, "19800601", 12)
            self.as_user("village_doctor_a1", young).action_print_elder()

    def test_l1_is_one_page_however_much_there_is_to_say(self):
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        for kind in ("hypertension", "diabetes", "copd"):
            vals = {"resident_id": self.man.id, "kind": kind, "date_from": "2026-03-01"}
            self.env["bphs.resident.group"].create(vals)
        for kind in ("living_alone", "disabled"):
            self.env["bphs.social.fact"].create({"resident_id": self.man.id, "kind": kind, "date_from": "2026-03-01"})
        standing = self.as_user("village_doctor_a1", self.standing(self.man))
        self.assertGreater(len(standing.reason_words.split("\n")), 2)
        self.assertEqual(len(PdfReader(io.BytesIO(standing._print_file("L1", "pdf")[1])).pages), 1)

    def test_l1_tells_nothing_of_what_is_for_named_persons(self):
        self.env["bphs.elderly.outside"].create({"resident_id": self.man.id, "kind": "smi_risk", "value": "4"})
        self.assertEqual(self.colour(self.man, whole=True), "red")
        self.name_person("team_leader_a")
        words = self.blocks("team_leader_a", self.standing(self.man, whole=True), "L1")
        self.assertIn("◆ 黄", words)
        self.assertNotIn("红色", words)
        self.assertNotIn("精神", words)

    def test_l2_the_picture_as_a_workbook(self):
        picture = self.as_user("township_public_health_a", "bphs.elderly.picture").create({})
        with self.refused("Press Show first"):
            picture.with_context(print_code="L2").action_print()
        picture.action_show()
        rows = self.cells(picture._print_file("L2", "xlsx")[1])
        self.assertTrue(any("<5" in row for row in rows))
        self.assertTrue(picture._print_file("L2", "pdf")[1].startswith(b"%PDF"))
