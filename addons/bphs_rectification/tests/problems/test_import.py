import base64
import io

import docx

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.import_case import ImportCase
from odoo.addons.bphs_base.tests.queries import QueriesMixin

from ..common import RectificationCase

HEADINGS = ["No.", "Unit", "Problem", "Indicator", "Term", "Person Responsible"]


@tagged("post_install", "-at_install")
class TestImport(QueriesMixin, ImportCase, RectificationCase):
    ROWS = [
        HEADINGS,
        [1, "甲镇卫生院", "高血压患者用药未填写", "慢病管理", "立行立改", ""],
        [2, "甲镇卫生院", "中医体质辨识与症状不符", "中医药健康管理", "限期30天", "张三"],
        [3, "甲一村卫生室、乙一村卫生室", "档案存在空项", "档案", "", ""],
    ]

    def _problems(self):
        return self.env["bphs.problem"].search([("id", "!=", self.problem.id)], order="id")

    def test_a_list_becomes_problems(self):
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", self.ROWS, found_on="2026-03-02")
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 4), wizard.message)
        medication, constitution, records = self._problems()
        self.assertEqual(medication.type_id, self.type_medication)
        self.assertEqual((medication.severity, medication.line_ids.institution_id), ("immediate", self.township_a))
        self.assertEqual(constitution.line_ids.institution_id, self.township_a)
        self.assertEqual(constitution.type_id, self.env.ref("bphs_rectification.problem_type_constitution"))
        self.assertEqual(str(constitution.line_ids.deadline), "2026-04-01")
        self.assertEqual(constitution.line_ids.responsible_name, "张三")
        # Common to two units: one problem.
        self.assertEqual(records.line_ids.institution_id, self.clinic_a1 | self.clinic_b1)
        self.assertEqual(records.severity, "limited")

    def test_loaded_again_it_adds_nothing(self):
        for count in (4, 0):
            wizard = self.import_file("bphs.problem.import", "primary_care_officer", self.ROWS)
            wizard.action_load()
            self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", count), wizard.message)
        rows = [*self.ROWS, [4, "甲二村卫生室", "档案存在空项", "档案", "", ""]]
        wizard = self.import_file("bphs.problem.import", "primary_care_officer", rows)
        wizard.action_load()
        self.assertEqual(wizard.loaded_count, 1)
        self.assertEqual(len(self._problems()), 3)
        self.assertEqual(len(self._problems()[2].line_ids), 3)

    def test_all_units_of_a_kind(self):
        rows = [HEADINGS, [1, "各卫生院", "知晓率低", "", "", ""], [2, "各村卫生室", "用药不规范", "", "", ""]]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows)
        wizard.action_load()
        first, second = self._problems()
        self.assertEqual(first.line_ids.institution_id, self.township_a | self.township_b)
        self.assertEqual(second.line_ids.institution_id, self.clinic_a1 | self.clinic_a2 | self.clinic_b1)

    def test_units_are_looked_up_once_for_a_list(self):
        few, many = (
            self.import_file(
                "bphs.problem.import",
                "rectification_clerk",
                [HEADINGS, *([at, "各村卫生室", f"用药不规范{at}", "", "", ""] for at in range(rows))],
            )
            for rows in (2, 12)
        )
        self.queries(few.action_check)
        self.assertEqual(self.queries(many.action_check), self.queries(few.action_check))
        self.assertEqual((many.state, many.row_count), ("checked", 12), many.message)

    def test_what_is_wrong_comes_back_row_by_row(self):
        rows = [
            HEADINGS,
            [1, "甲镇卫生院", "用药", "", "", ""],
            [2, "丙镇卫生院", "用药", "", "", ""],
            [3, "甲镇卫生院", "", "", "", ""],
            [4, "乙镇卫生院", "没有类型的事", "", "", ""],
            [5, "乙镇卫生院", "空项", "", "尽快", ""],
            [6, "甲镇卫生院", "用药", "", "", ""],
            [7, "乙镇卫生院", "满意度低", "", "2020年1月1日", ""],
        ]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows)
        wizard.action_load()
        self.assertRefused(
            wizard,
            {
                3: "does not exist or is not within your scope",
                4: "is empty and not merged with the row above",
                5: "is not recognised",
                6: "尽快",
                7: "the same as row 2",
                8: "before the day",
            },
        )
        self.assertFalse(self._problems())

    def test_a_type_where_none_is_recognised(self):
        rows = [HEADINGS, [1, "甲镇卫生院", "没有类型的事", "", "", ""]]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows, type_id=self.type_advice.id)
        wizard.action_load()
        self.assertEqual(self._problems().type_id, self.type_advice)

    def test_what_goes_wrong_in_a_work_without_a_kind_of_its_own(self):
        rows = [
            HEADINGS,
            [1, "甲镇卫生院", "高血压患者随访记录缺少签字", "慢病管理", "", ""],
            [2, "甲镇卫生院", "孕产妇健康管理手册填写不全", "", "", ""],
            [3, "甲镇卫生院", "老年人随访用药记录不全", "", "", ""],
        ]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows)
        wizard.action_load()
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertEqual([one.type_id.code for one in self._problems()], ["MB", "YC", "MB01"])
        dialog = self.env[wizard.action_issue_tasks()["res_model"]].with_user(wizard.env.user).create({})
        self.assertLessEqual(self._problems().line_ids, dialog.line_ids)

    def test_tables_of_a_word_file(self):
        document = docx.Document()
        document.add_paragraph("附件2 各单位问题列表")
        table = document.add_table(rows=len(self.ROWS), cols=len(HEADINGS))
        for line, cells in zip(table.rows, self.ROWS, strict=True):
            for cell, value in zip(line.cells, cells, strict=True):
                cell.text = str(value)
        table.cell(2, 1).text = ""
        table.cell(1, 1).merge(table.cell(2, 1))
        stream = io.BytesIO()
        document.save(stream)
        wizard = self.as_user("rectification_clerk", "bphs.problem.import").create(
            {"file": base64.b64encode(stream.getvalue()), "file_name": "附件2.docx"}
        )
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 4), wizard.message)
        self.assertEqual(self._problems()[1].line_ids.institution_id, self.township_a)

    def test_a_word_file_with_an_error_gives_the_same_workbook_back(self):
        document = docx.Document()
        table = document.add_table(rows=2, cols=3)
        for at, text in enumerate(("Unit", "Problem", "Term")):
            table.cell(0, at).text = text
        for at, text in enumerate(("丙镇卫生院", "用药", "")):
            table.cell(1, at).text = text
        stream = io.BytesIO()
        document.save(stream)
        wizard = self.as_user("rectification_clerk", "bphs.problem.import").create(
            {"file": base64.b64encode(stream.getvalue()), "file_name": "a.docx"}
        )
        wizard.action_load()
        self.assertRefused(wizard, {2: "does not exist"})

    def test_a_pasted_table(self):
        text = "\n".join("\t".join(str(cell) for cell in row) for row in self.ROWS)
        wizard = self.as_user("rectification_clerk", "bphs.problem.import").create({"pasted": text})
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 4), wizard.message)

    def test_f17_a_blank_unit_is_asked_about(self):
        rows = [HEADINGS, [1, "甲镇卫生院", "用药", "", "", ""], [2, "", "空项", "", "", ""]]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows)
        wizard.action_load()
        self.assertRefused(wizard, {3: "is empty and not merged with the row above"})

    def test_f7_of_a_span_the_last_day_counts(self):
        rows = [
            HEADINGS,
            [1, "甲镇卫生院", "用药", "", "2026年11月20日至2026年12月15日", ""],
            [2, "甲镇卫生院", "空项", "", "1000天", ""],
        ]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows, found_on="2026-11-01")
        wizard.action_load()
        self.assertRefused(wizard, {3: "1000天"})
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows[:2], found_on="2026-11-01")
        wizard.action_load()
        self.assertEqual(str(self._problems().line_ids.deadline), "2026-12-15")

    def test_f13_a_pasted_quote_is_text(self):
        text = 'No.\tUnit\tProblem\n1\t甲镇卫生院\t"两癌"筛查登记用药\n'
        wizard = self.as_user("rectification_clerk", "bphs.problem.import").create({"pasted": text})
        wizard.action_load()
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertEqual(self._problems().name, '"两癌"筛查登记用药')

    def test_h21_tasks_of_this_import_alone(self):
        for key in ("primary_care_officer", "rectification_clerk"):
            rows = [HEADINGS, [1, "甲镇卫生院", f"{key}用药", "", "", ""]]
            wizard = self.import_file("bphs.problem.import", key, rows)
            wizard.action_load()
        action = wizard.action_issue_tasks()
        dialog = self.env[action["res_model"]].with_user(wizard.env.user).with_context(**action["context"]).create({})
        self.assertEqual(dialog.line_ids.problem_id.mapped("name"), ["rectification_clerk用药"])

    def test_h22_a_unit_s_other_name_is_asked_about_once(self):
        rows = [
            ["单位名称", "存在问题", "整改时限"],
            ["甲卫生院", "用药", "30天"],
            ["县甲卫生院、乙镇卫生院", "空项", ""],
        ]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows)
        wizard.action_load()
        self.assertRefused(wizard, {2: "does it mean “甲镇卫生院”", 3: "县甲卫生院"})
        asked = {one.name: one.institution_id for one in wizard.name_ids}
        self.assertEqual(asked, {"甲卫生院": self.township_a, "县甲卫生院": self.env["bphs.institution"]})
        wizard.name_ids.filtered(lambda one: not one.institution_id).institution_id = self.township_b
        wizard.action_remember_names()
        self.assertEqual(wizard.state, "checked", wizard.message)
        again = self.import_file("bphs.problem.import", "primary_care_officer", rows)
        again.action_load()
        self.assertEqual(again.state, "loaded", again.message)
        self.assertEqual(self._problems()[0].line_ids.institution_id, self.township_a)

    def test_chinese_headings(self):
        rows = [["序号", "单位", "问题", "指标", "时限", "责任人"], *self.ROWS[1:]]
        wizard = self.import_file("bphs.problem.import", "rectification_clerk", rows).with_context(lang="zh_CN")
        wizard.action_load()
        if not self.env["res.lang"]._get_data(code="zh_CN"):
            self.skipTest("Chinese is not installed here")
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 4), wizard.message)

    def test_who_may_load(self):
        for key in self.user:
            if key in ("rectification_clerk", "primary_care_officer"):
                continue
            with self.subTest(key=key), self.no_right("create", "bphs.problem.import"):
                self.import_file("bphs.problem.import", key, self.ROWS).action_load()
