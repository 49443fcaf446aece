import hashlib
import io
from datetime import timedelta

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...reports import e10_notice, e12_ledger, e13_closure
from ..common import RectificationCase
from ..supervision_rights import SupervisionRights


class FormsCase(SupervisionRights, RectificationCase):
    @classmethod
    def pages(cls, key, document, code):
        __, content = cls.as_user(key, document)._print_file(code, "pdf")
        with mute_logger("pypdf._cmap"):
            return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    @classmethod
    def text(cls, key, document, code):
        return "\n".join(cls.pages(key, document, code))

    @classmethod
    def sheets(cls, key, document, code):
        __, content = cls.as_user(key, document)._print_file(code, "xlsx")
        book = load_workbook(io.BytesIO(content))
        return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]

    def dialog(self, key, institution, **vals):
        return self.as_user(key, "bphs.rectification.print").create({"institution_id": institution.id, **vals})


@tagged("post_install", "-at_install")
class TestForms(FormsCase):
    """What stands on the forms is what stands in the records, and nobody prints what they may not read."""

    def test_notice_and_its_way_to_the_page(self):
        task = self.as_user("rectification_clerk", self.task_a1)
        template = self.env.ref("bphs_rectification.print_template_e10")
        form = e10_notice.form(task.with_context(lang="zh_CN"), template)
        self.assertEqual(form.qr, f"{task.get_base_url()}/odoo/bphs.rectification/{self.task_a1.id}")
        text = self.text("village_doctor_a1", self.task_a1, "E10")
        for word in (
            "整改通知书", self.bureau.name, self.clinic_a1.name, "用药情况填写不规范", "限期整改",
            str(self.task_a1.deadline), self.task_a1.number, "回执", "签收",
        ):  # fmt: skip
            self.assertIn(word, text)

    def test_notice_of_an_institution_names_every_problem_once(self):
        dialog = self.dialog("township_director_a", self.township_a)
        self.assertEqual(dialog.task_count, 2)
        rows = e10_notice.table(dialog, self.env.ref("bphs_rectification.print_template_e10")).rows
        self.assertEqual([row["institution"] for row in rows], [self.township_a.name, self.clinic_a1.name])
        self.assertEqual(self.dialog("township_director_a", self.township_a, with_below=False).task_count, 1)
        for code in ("E10", "E11"):
            self.assertIn(self.clinic_a1.name, self.text("township_director_a", dialog, code))

    def test_all_notices_of_a_list_in_one_file(self):
        for number in range(3):
            problem = self._problem(f"{'档案更新不及时和空项' * 40}{number}", self.clinic_a1 | self.township_b)
            self._issue(problem.line_ids, "rectification_clerk")
        tasks = self.env["bphs.rectification"].search([], order="institution_id, deadline, id")
        mine = self.as_user("rectification_clerk", tasks)
        url = mine.action_print_notices()["url"]
        choice = mine.env["bphs.rectification.print"].search([], limit=1, order="id desc")
        self.assertEqual(url, f"/bphs/print/E10ALL/bphs.rectification.print/{choice.id}.pdf")
        together = self.pages("rectification_clerk", choice, "E10ALL")
        single = [
            self.pages("rectification_clerk", self.dialog("rectification_clerk", one, with_below=False), "E10")
            for one in tasks.institution_id
        ]
        self.assertEqual(len(single), 4)
        self.assertGreater(max(map(len, single)), 1, "one of them has a second page")
        self.assertEqual(together, [page for pages in single for page in pages])
        for pages in single:
            for number, page in enumerate(pages, start=1):
                self.assertIn(f"第 {number} 页 / 共 {len(pages)} 页", page)
        log = self.env["bphs.print.log"].search([("code", "=", "E10ALL")])
        self.assertEqual((log.row_count, log.user_id), (len(tasks), self.user["rectification_clerk"]))
        # The dialog has them as well, and so has the problem they came from; each sees their own alone.
        whole = self.dialog("rectification_clerk", self.bureau)
        self.assertEqual(self.pages("rectification_clerk", whole, "E10ALL"), together)
        self.assertIn("E10ALL", self.as_user("rectification_clerk", self.problem).action_print_notices()["url"])
        self.as_user("township_director_a", self.problem).action_print_notices()
        foreign = self.env["bphs.rectification.print"].search([], limit=1, order="id desc")
        self.assertEqual(foreign.rectification_ids, self.task_a | self.task_a1)
        draft = self._problem("未下达", self.clinic_a2)
        with self.refused("There is no issued task to print"):
            self.as_user("rectification_clerk", draft).action_print_notices()

    def test_plan_becomes_report(self):
        self.assertIn("整改方案", self.text("village_doctor_a1", self.task_a1, "E11"))
        self._work(self.task_a1, "village_doctor_a1")
        text = self.text("township_public_health_a", self.task_a1, "E11")
        for word in ("整改报告", "不熟悉规范", "组织培训", "已全部补填", "补填后的记录"):
            self.assertIn(word, text)

    def test_ledger_as_workbook_and_paper(self):
        self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        dialog = self.dialog("rectification_clerk", self.bureau)
        (rows,) = self.sheets("rectification_clerk", dialog, "E12")
        header = next(row for row in rows if row[0] == "序号")
        self.assertEqual(
            header, ["序号", "单位", "问题", "原因", "措施", "责任人", "时限", "进展", "佐证", "核验人", "销号日"]
        )
        body = [row for row in rows if isinstance(row[0], int)]
        self.assertEqual(len(body), 4)
        closed = next(row for row in body if row[1] == self.clinic_a1.name)
        self.assertIn("已销号", closed[7])
        self.assertEqual(closed[9], self.user["township_public_health_a"].name)
        self.assertEqual(closed[10].date(), self.today)
        self.assertIn("整改台账", self.text("rectification_clerk", dialog, "E12"))
        open_ones = self.dialog("rectification_clerk", self.bureau, only_open=True)
        self.assertEqual(len(e12_ledger.table(open_ones, self.env["bphs.print.template"]._for("E12")).rows), 3)
        nothing = self.dialog("rectification_clerk", self.bureau, date_to="2020-01-01")
        with self.refused("There is no issued task to print"):
            nothing.with_context(print_code="E12").action_print()
        with self.refused("没有可打印的整改任务"):
            nothing._print_file("E12", "pdf")

    def test_closure_slip_has_a_box_for_each(self):
        with self.refused("任务核验通过后才能打印销号审批单"):
            self.text("rectification_clerk", self.task_a1, "E13C")
        self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        text = self.text("rectification_clerk", self.task_a1, "E13C")
        for word in (
            "销号审批单", "已现场核实", "同意销号", "分管领导", "请核验",
            self.user["township_public_health_a"].name, self.user["rectification_clerk"].name,
        ):  # fmt: skip
            self.assertIn(word, text)

    def _opinions_of(self, task):
        form = e13_closure.form(task.sudo(), self.env.ref("bphs_rectification.print_template_e13c"))
        return {opinion.title: opinion.name for opinion in form.blocks[-1].opinions}

    def test_h27_the_slip_says_who_signed_what(self):
        self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        clerk = self.user["rectification_clerk"].name
        boxes = self._opinions_of(self.task_a1)
        self.assertEqual(boxes["经办（整改专管员）"], clerk)
        self.assertEqual(boxes["基层科"], "", "the section signs for itself")

    def test_h32_the_report_shows_the_photos(self):
        self._work(self.task_a1, "village_doctor_a1")
        __, content = self.as_user("township_public_health_a", self.task_a1)._print_file("E11", "pdf")
        with mute_logger("pypdf._cmap"):
            pages = PdfReader(io.BytesIO(content)).pages
            self.assertEqual(sum(len(page.images) for page in pages), 1)
            self.assertIn("佐证照片", "".join(page.extract_text() for page in pages))

    def test_boxes_of_a_task_closed_again_hold_the_last_round(self):
        self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        self.as_user("rectification_clerk", self.task_a1).action_reopen("反弹")
        mine = self.as_user("village_doctor_a1", self.task_a1)
        self._prove(self.task_a1, "village_doctor_a1")
        mine.action_submit("再次申请")
        self.as_user("township_director_a", self.task_a1).action_verify("第二次核实")
        text = self.text("rectification_clerk", self.task_a1, "E13C")
        for word in ("再次申请", "第二次核实"):
            self.assertIn(word, text)
        for word in ("已现场核实", "同意销号"):
            self.assertNotIn(word, text)

    def test_letter_interview_lookback(self):
        letter = self._letter()
        letter.action_issue()
        text = self.text("township_director_a", letter, "E13A")
        for word in ("督办函", "试卫督〔2026〕1号", "长期没有进展", "限期完成整改", self.task_a.number, "回执"):
            self.assertIn(word, text)
        interview = self._interview()
        interview.action_record()
        text = self.text("township_director_a", interview, "E13B")
        for word in ("约谈记录", "局会议室", "整改逾期", self.task_a.number):
            self.assertIn(word, text)
        lookback = self._lookback()
        lookback.action_draw()
        text = self.text("evaluator", lookback, "E13D")
        for word in ("整改回头看表", "等距抽样", lookback.seed, self.task_a1.number, "1 项中抽取 1 项"):
            self.assertIn(word, text)
        lines, frame = self.sheets("evaluator", lookback, "E13D")
        self.assertIn(self.task_a1.number, [row[1] for row in lines])
        self.assertEqual([row[1:] for row in frame if row[0] == 1], [[self.task_a1.number, "是"]])

    def test_quarter_sheet_sums_people(self):
        quarter = self._quarter_over()
        self.env["bphs.quarterly.report"]._open(quarter)
        report = self.env["bphs.quarterly.report"].search(
            [("institution_id", "=", self.township_a.id), ("period_id", "=", quarter.id)]
        )
        as_officer = self.as_user("township_public_health_a", "bphs.training")
        for course, people, passed, day in (
            ("高血压指南", 20, 18, quarter.date_end),
            ("糖尿病指南", 10, 10, quarter.date_start + timedelta(days=9)),
        ):
            as_officer.create(
                {
                    "name": course,
                    "institution_id": self.township_a.id,
                    "date": day,
                    "attendance_ids": [
                        Command.create(
                            {
                                "institution_id": self.clinic_a1.id,
                                "attended": people,
                                "tested": people,
                                "passed": passed,
                            }
                        )
                    ],
                }
            )
        self.as_user("township_public_health_a", "bphs.guidance").create(
            {
                "topic": "档案更新",
                "institution_id": self.township_a.id,
                "date": quarter.date_start,
                "headcount": 3,
                "visit_ids": [
                    Command.create(
                        {"institution_id": self.clinic_a2.id, "finding": "空项较多", "next_step": "月底复查"}
                    )
                ],
            }
        )
        report.invalidate_recordset()
        # A cell's words break over lines.
        text = "".join(self.text("township_public_health_a", report, "E14").split())
        for word in ("季度培训指导表", "18/20（90.0%）", "指导：档案更新", "空项较多", "33"):
            self.assertIn(word, text)
        (rows,) = self.sheets("township_public_health_a", report, "E14")
        self.assertEqual([row[6] for row in rows if isinstance(row[0], int)], [3, 10, 20])

    def test_a_long_ledger_numbers_its_pages(self):
        for number in range(14):
            problem = self._problem(f"{'档案更新不及时和空项' * 6}{number}", self.clinic_a1 | self.clinic_a2)
            self._issue(problem.line_ids, "rectification_clerk")
        dialog = self.dialog("rectification_clerk", self.bureau)
        pages = self.pages("rectification_clerk", dialog, "E12")
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"第 {number} 页 / 共 {len(pages)} 页", page)
            self.assertIn("核验人", page)

    def test_each_print_is_logged_with_its_hash(self):
        name, content = self.as_user("village_doctor_a1", self.task_a1)._print_file("E10", "pdf")
        log = self.env["bphs.print.log"].search([], limit=1)
        self.assertEqual((log.code, log.user_id, log.file_name), ("E10", self.user["village_doctor_a1"], name))
        self.assertEqual(log.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual((log.row_count, log.holds_accounts), (1, False))

    def test_nobody_prints_what_they_may_not_read(self):
        letter = self._letter()
        letter.action_issue()
        for key, document, code in (
            ("township_director_b", self.task_a1, "E10"),
            ("village_doctor_b1", self.task_a1, "E11"),
            ("village_doctor_a1", self.task_a, "E10"),
            ("township_director_b", letter, "E13A"),
            ("township_director_a", self._lookback(), "E13D"),
        ):
            with self.subTest(f"{key} {code}"), self.denied("not within your scope"):
                self.as_user(key, document)._print_file(code, "pdf")
        # A dialog prints what its user may see, whatever institution it names.
        foreign = self.dialog("township_director_b", self.township_a)
        self.assertEqual(foreign.task_count, 0)
        with self.refused("没有可打印的整改任务"):
            foreign._print_file("E12", "xlsx")
        with self.refused("There is no such form"):
            self.as_user("rectification_clerk", self.task_a)._print_file("E14", "pdf")


@tagged("post_install", "-at_install")
class TestFormDownload(FormsCase, HttpCase):
    """The address hands out what the user may read, and 404 for the rest."""

    def test_download(self):
        for login, expected in (("village_doctor_a1", 200), ("village_doctor_b1", 404)):
            user = self.user[login]
            user.sudo().password = "试验密码Aa123456"
            self.authenticate(user.login, "试验密码Aa123456")
            response = self.url_open(f"/bphs/print/E10/bphs.rectification/{self.task_a1.id}.pdf")
            self.assertEqual(response.status_code, expected, login)
