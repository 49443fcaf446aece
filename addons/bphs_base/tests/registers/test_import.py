import base64
import io
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import xlsxwriter

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.importing.import_columns import ImportColumn
from ..common import CountyCase
from ..import_case import ImportCase

WIZARD = "odoo.addons.bphs_base.wizards.bphs_division_import.BphsDivisionImport"
COLUMNS = [
    ImportColumn("code", "代码", "code", required=True),
    ImportColumn("count", "上报数", "int", required=True),
    ImportColumn("rate", "比例", "decimal"),
    ImportColumn("amount", "金额（元）", "money"),
    ImportColumn("day", "日期", "date"),
    ImportColumn("kind", "类别", "choice", choices=(("a", "甲类"), ("b", "乙类"))),
    ImportColumn("note", "备注"),
]
HEADINGS = [column.label for column in COLUMNS]


@tagged("post_install", "-at_install")
class TestImport(ImportCase, CountyCase):
    """The base, through a wizard with columns of every kind."""

    def setUp(self):
        super().setUp()
        self.applied = []
        for name, stand_in in {
            "_import_columns": lambda wizard: COLUMNS,
            "_import_check": lambda wizard, rows: wizard._import_refuse_twice(rows, "code"),
            "_import_apply": lambda wizard, rows: self.applied.append([row.values for row in rows]) or len(rows),
            "_import_template_rows": lambda wizard: [{"code": "001", "note": "=1+1"}],
        }.items():
            patcher = patch(f"{WIZARD}.{name}", stand_in)
            patcher.start()
            self.addCleanup(patcher.stop)

    def load(self, rows, **vals):
        wizard = self.import_file("bphs.division.import", "administrator", rows, **vals)
        wizard.action_load()
        return wizard

    def load_bytes(self, content, name="a.csv"):
        wizard = self.as_user("administrator", "bphs.division.import").create(
            {"file": base64.b64encode(content), "file_name": name}
        )
        wizard.action_load()
        return wizard

    def test_values_of_every_kind(self):
        wizard = self.load(
            [
                HEADINGS,
                ["001", 12, 0.1 + 0.2, 1234.5, "2025年3月1日", "甲类", " 备 "],
                [140404102201.0, "１２", "3.25", "1,234.50", "20250331", "b", ""],
                [],
                ["003", "7", None, None, None, None, None],
            ]
        )
        self.assertEqual(wizard.state, "loaded", wizard.message)
        first, second, third = self.applied[0]
        self.assertEqual(first["rate"], Decimal("0.3"))
        self.assertEqual(first["amount"], Decimal("1234.50"))
        self.assertEqual((first["day"], first["kind"], first["note"]), (date(2025, 3, 1), "a", "备"))
        self.assertEqual((second["code"], second["count"]), ("140404102201", 12))
        self.assertEqual((second["amount"], second["kind"]), (Decimal("1234.50"), "b"))
        self.assertEqual((third["code"], third["count"], third["amount"]), ("003", 7, None))

    def test_each_bad_cell_comes_back_with_its_reason(self):
        wizard = self.load(
            [
                HEADINGS,
                ["001", "12人", "", "", "", "", ""],
                ["002", 1.5, "", "", "", "", ""],
                ["", 1, "", "", "", "", ""],
                ["004", 1, "1e5", "", "", "", ""],
                ["005", 1, "", 0.001, "", "", ""],
                ["006", 1, "", "", "2025-02-30", "", ""],
                ["007", 1, "", "", "", "丙类", ""],
                ["008", 1, "", "", "", "", "x" * 2001],
                ["009", True, "", "", "", "", ""],
                ["1.4E+11", 1, "", "", "", "", ""],
                ["010", 1, "", "", "", "", "in order"],
                ["010", 1, "", "", "", "", "twice"],
                ["012", 3_000_000_000, "", "", "", "", ""],
            ]
        )
        self.assertRefused(
            wizard,
            {
                2: "12人",
                3: "1.5",
                4: "empty",
                5: "1e5",
                6: "0.001",
                7: "2025-02-30",
                8: "甲类、乙类",
                9: "2000",
                10: "是",
                11: "1.4E+11",
                13: "row 12",
                14: "3000000000",
            },
        )
        self.assertEqual(self.applied, [])
        self.assertIn("Row 2, 上报数", wizard.message)

    def test_rejected_workbook_loads_once_mended(self):
        wizard = self.load([["某区月报"], HEADINGS, ["001", "x", "", "", "", "", "=cmd|' /C calc'!A0"]])
        rows = self.read_book(wizard.reject_file)
        self.assertEqual(rows[1][6], "=cmd|' /C calc'!A0")
        rows[1][1] = 3
        wizard.file = self.workbook(rows)
        wizard.action_load()
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertFalse(wizard.reject_file)

    def test_loading_twice_applies_once(self):
        wizard = self.load([HEADINGS, ["001", 1]])
        wizard.action_load()
        wizard.action_check()
        self.assertEqual(len(self.applied), 1)

    def test_check_alone_applies_nothing(self):
        wizard = self.import_file("bphs.division.import", "administrator", [HEADINGS, ["001", 1]])
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.row_count, self.applied), ("checked", 1, []))

    def test_headings_as_people_write_them(self):
        wizard = self.load([["２０２５年"], ["编制：某某"], ["代 码", "金额", "上报数（次）"], ["001", 5, 2]])
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertEqual(self.applied[0][0]["amount"], Decimal("5.00"))

    def test_two_headings_for_one_column(self):
        wizard = self.load([["代码", "上报数(次)", "上报数(人)"], ["001", 5, 2]])
        self.assertEqual((wizard.state, self.applied), ("unmatched", []))
        self.assertIn("上报数", wizard.message)

    def test_saved_mapping(self):
        rows = [["机构编码", "完成量", "备注"], ["001", 5, "x"]]
        wizard = self.load(rows)
        self.assertEqual(wizard.state, "unmatched")
        self.assertIn("代码、上报数", wizard.message)
        action = wizard.action_match_columns()
        mapping = self.as_user("administrator", action["res_model"]).browse(action["res_id"])
        mapping = mapping.with_context(**action["context"])
        self.assertEqual(mapping.line_ids.filtered("heading").mapped("column_key"), ["note"])
        for line in mapping.line_ids:
            line.heading = {"code": "机构编码", "count": "完成量"}.get(line.column_key, line.heading)
        mapping.action_use()
        self.assertEqual(wizard.state, "checked", wizard.message)
        self.assertEqual(self.load(rows, mapping_id=mapping.id).state, "loaded")
        others = self.as_user("finance_officer", mapping)
        self.assertTrue(others.name)
        with self.denied("this record is not yours to change"):
            others.write({"name": "x"})
        with self.denied("this record is not yours to change"):
            others.line_ids.write({"heading": "备注"})
        with self.denied("this record is not yours to delete"):
            others.unlink()

    def test_csv_in_the_encodings_of_the_county(self):
        text = '代码,上报数,备注\n001,5,"甲,乙"\n'
        for content in (
            text.encode(),
            text.encode("utf-8-sig"),
            text.encode("gb18030"),
            text.replace(",5,", "\t5\t").replace("代码,上报数,", "代码\t上报数\t").encode("gb18030"),
        ):
            self.assertEqual(self.load_bytes(content).state, "loaded")
        self.assertEqual([values["count"] for (values,) in self.applied], [5, 5, 5, 5])

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_files_that_cannot_be_read(self):
        for content, words in (
            (b"<html><table></table></html>", "文件是网页或 XML，不是工作簿"),
            (b"PK\x03\x04 broken", "文件已损坏或不完整"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "文件已损坏或无法识别"),
            (b"   ", "文件是空的"),
            ("代码,上报数\n".encode(), "The sheet has headings but no rows"),
        ):
            with self.refused(words, msg=content):
                self.load_bytes(content)
        with self.refused("Choose a file first"):
            self.as_user("administrator", "bphs.division.import").create({}).action_load()
        self.assertEqual(self.applied, [])

    def test_no_sheet_has_the_headings(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            book.add_worksheet("封面").write(0, 0, "x")
            book.add_worksheet("说明").write(0, 0, "x")
        wizard = self.load_bytes(buffer.getvalue(), "a.xlsx")
        self.assertEqual(wizard.state, "unmatched")
        self.assertIn("封面、说明", wizard.message)

    def test_h23_a_mapping_stays_with_its_headings(self):
        rows = [["机构编码", "完成量", "备注"], ["001", "5", "x"]]
        wizard = self.load(rows)
        action = wizard.action_match_columns()
        mapping = self.as_user("administrator", action["res_model"]).browse(action["res_id"])
        for line in mapping.line_ids:
            line.heading = {"code": "机构编码", "count": "完成量"}.get(line.column_key, line.heading)
        other = self.load([["备注", "机构编码", "完成量"], ["x", "001", "5"]], mapping_id=mapping.id)
        self.assertEqual(other.state, "unmatched")
        self.assertIn("belongs to other headings", other.message)
        own = self.load([HEADINGS, ["001", 5]], mapping_id=mapping.id)
        self.assertEqual(own.state, "loaded", own.message)

    def test_what_is_left_out_stays_told(self):
        wizard = self.load([[*HEADINGS, "填表人"], ["001", 1, "", "", "", "", "", "张三"], ["合计", 1]])
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 1), wizard.message)
        self.assertIn("未使用：填表人", wizard.message)
        self.assertIn("合计行1行未读取", wizard.message)

    def test_template_is_text_not_formula(self):
        wizard = self.as_user("administrator", "bphs.division.import").create({})
        action = wizard.action_template()
        self.assertIn(f"/bphs.division.import/{wizard.id}/template_file/", action["url"])
        self.assertEqual(self.read_book(wizard.template_file), [HEADINGS, ["001", "", "", "", "", "", "=1+1"]])

    def test_an_upload_is_its_users_alone(self):
        wizard = self.import_file("bphs.division.import", "administrator", [HEADINGS, ["001", 1]])
        second = self.user["administrator"].copy({"login": "test_administrator_2"})
        self.assertTrue(wizard.with_user(second).browse().has_access("read"))
        self.assertFalse(wizard.with_user(second).has_access("read"))
        with self.denied("this record is not yours to change"):
            wizard.with_user(second).action_load()

    def test_one_form_for_every_import(self):
        view = self.as_user("administrator", "bphs.institution.import").get_view(view_type="form")
        self.assertIn("action_match_columns", view["arch"])
        self.assertEqual(view["id"], self.env.ref("bphs_base.bphs_import_wizard_view_form").id)
