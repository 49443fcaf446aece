"""What real files hold, run through every route and every format: the table of cases × routes × formats.

A test class of a module inherits :class:`FieldCases` and says its routes; the cases and the files are here.
"""

import base64
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from unittest.mock import patch

from odoo.exceptions import UserError

from ..tools.reading.book import open_here
from ..tools.reading.child import HEAD_ROWS
from ..tools.reading.process import FoundSheet
from ..tools.sheet_guard import Limits
from .import_case import ImportCase
from .made_files import FORMATS, WORKBOOKS, Bare, Broken, Table, made, zipped

READER = "odoo.addons.bphs_base.wizards.bphs_import_reading.OpenFile"


@dataclass
class Route:
    """An import: `model` opened by the user `key` with `vals`; `rows` are headings and rows that are in order.

    ``code`` and ``name``: places of a column of codes and of one of words; ``figure``: of an amount or a quantity, if
    any; ``fills``: merged cells of the column of words count for each row.
    """

    model: str
    key: str
    rows: list
    code: int | None = 0
    name: int | None = None
    figure: int | None = None
    vals: dict = field(default_factory=dict)
    fills: bool = False
    strict: bool = False  # headings that are no column are refused


class OpenHere:
    """Stands for the process that reads: the same readers, in this one, hundreds of times a second."""

    def __init__(self, content, limits=None):
        self.kind, self._read = open_here(content, limits or Limits())
        self.sheets = [
            FoundSheet(at, sheet.name, list(islice(sheet.rows(), HEAD_ROWS)), sheet.height, sheet.alternative)
            for at, sheet in enumerate(self._read)
        ]

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        pass

    def rows(self, sheet):
        return self._read[sheet.place].rows()


class FieldCases(ImportCase):
    """Cases as methods; each tries a file of every format that can hold it on every route of the class."""

    def routes(self):
        """:return: list of :class:`Route`"""
        raise NotImplementedError

    # === THE CASES === #

    def test_f8_f14_titles_and_odd_blanks_change_nothing(self):
        for route, kind in self._each(FORMATS):
            rows = [list(row) for row in route.rows]
            for row in rows[1:]:
                row[:] = [f"\u3000{cell}\u00a0" if isinstance(cell, str) else cell for cell in row]
            width = len(rows[0])
            wizard = self._checked(route, kind, [["某区报表"] + [None] * (width - 1), [None] * width, *rows])
            self.assertEqual(wizard.state, "checked", wizard.message)
            self.assertEqual(wizard.row_count, len(rows) - 1)

    def test_f9_radicals_are_ordinary_characters(self):
        radicals = str.maketrans("人口生心马一二三", "⼈⼝⽣⼼⻢⼀⼆三")
        for route, kind in self._each(FORMATS):
            rows = [[str(cell).translate(radicals) if cell is not None else None for cell in row] for row in route.rows]
            wizard = self._checked(route, kind, rows)
            self.assertEqual(wizard.state, "checked", wizard.message)

    def test_f3_two_sheets_with_the_same_headings(self):
        for route, kind in self._each(WORKBOOKS):
            wizard = self._checked(route, kind, Table(route.rows, name="一季"), Table(route.rows, name="二季"))
            self.assertEqual(wizard.state, "unmatched", wizard.message)
            self.assertIn("一季、二季", wizard.message)

    def test_f3_a_sheet_that_is_not_read_is_told(self):
        for route, kind in self._each(WORKBOOKS):
            wizard = self._checked(route, kind, Table([["说明"]], name="说明"), Table(route.rows, name="表"))
            self.assertEqual(wizard.state, "checked", wizard.message)
            self.assertIn("未读取：说明", wizard.message)

    def test_f1_f4_f5_what_cannot_be_read_is_refused_and_stays_out(self):
        for route, kind in self._each(WORKBOOKS):
            for place in {route.code, route.name, route.figure} - {None}:
                for cell, words in (
                    (Bare("5+6"), "公式没有计算结果"),
                    (Broken("#N/A"), "#N/A"),
                    (6217000012345678901, "6.217E+18"),
                ):
                    rows = [list(row) for row in route.rows]
                    rows[1][place] = cell
                    wizard = self._checked(route, kind, rows)
                    self.assertEqual(wizard.state, "rejected", wizard.message)
                    self.assertIn(words, wizard.message)
                    self._round_trip(route, wizard)

    def test_f10_f11_columns_without_a_use_or_a_name(self):
        for route, kind in self._each(FORMATS):
            named = [[*route.rows[0], "经办人"], *([*row, "甲"] for row in route.rows[1:])]
            wizard = self._checked(route, kind, named)
            self.assertEqual(wizard.state, "unmatched" if route.strict else "checked", wizard.message)
            self.assertIn("经办人", wizard.message)
            nameless = [[*route.rows[0], None], *([*row, "17"] for row in route.rows[1:])]
            with self.assertRaisesRegex(UserError, "第2行.列有内容“17”，但该列没有列名"):
                self._checked(route, kind, nameless)

    def test_f12_h23_hidden_rows_and_totals(self):
        for route, kind in self._each(WORKBOOKS):
            width = len(route.rows[0])
            rows = [*route.rows, ["合 计"] + [None] * (width - 2) + ["11"]]
            wizard = self._checked(route, kind, Table(rows, hidden=(1,)))
            self.assertEqual((wizard.state, wizard.row_count), ("checked", len(route.rows) - 1), wizard.message)
            self.assertIn("隐藏的1行", wizard.message)
            self.assertIn("合计行1行未读取", wizard.message)

    def test_f6_f17_a_cell_merged_over_rows(self):
        for route, kind in self._each((*WORKBOOKS, "docx")):
            place = route.figure if route.figure is not None else route.code
            rows = [list(route.rows[0]), list(route.rows[1]), list(route.rows[-1])]
            rows[2][place] = None
            wizard = self._checked(route, kind, Table(rows, merged=[(1, place, 2, place)]))
            if route.fills:
                self.assertNotIn("合并", wizard.message or "")
            else:
                self.assertIn("是与上一行合并的单元格", wizard.message)
                self._round_trip(route, wizard)

    def test_f6_figures_are_not_guessed(self):
        for route, kind in self._each(FORMATS):
            if route.figure is None:
                continue
            for text in ("12、345", "12 34"):
                rows = [list(row) for row in route.rows]
                rows[1][route.figure] = text
                wizard = self._checked(route, kind, rows)
                self.assertEqual(wizard.state, "rejected", wizard.message)
                self.assertIn(text, wizard.message)
                self._round_trip(route, wizard)

    def test_what_the_file_is_instead(self):
        for route in self.routes():
            for content, words in (
                (zipped(made("xlsx", route.rows)), "压缩包，请解压"),
                (b"%PDF-1.7", "PDF"),
                (b"\x89PNG\r\n", "图片"),
                (b"<html><table>", "网页"),
                (b"", "Choose a file"),
            ):
                with self.subTest(route.model, words=words), self._here(), self.assertRaisesRegex(UserError, words):
                    self._wizard(route, content, "xlsx").action_check()
            with self._here():
                wizard = self._wizard(route, "没有,表头\n1,2\n".encode(), "xlsx")
                wizard.action_check()
            self.assertIn(".xlsx", wizard.message)
            self.assertIn("没有、表头", wizard.message)

    # === HELPERS === #

    def _each(self, kinds):
        for route in self.routes():
            for kind in kinds:
                with self.subTest(route.model, kind=kind):
                    yield route, kind

    @contextmanager
    def _here(self):
        with patch(READER, OpenHere):
            yield

    def _wizard(self, route, content, kind):
        ending = {"gbk": "csv", "tsv": "xls"}.get(kind, kind)
        return self.as_user(route.key, route.model).create(
            {"file": base64.b64encode(content), "file_name": f"表.{ending}", **route.vals}
        )

    def _checked(self, route, kind, *tables):
        with self._here():
            wizard = self._wizard(route, made(kind, *tables), kind)
            wizard.action_check()
        return wizard

    def _round_trip(self, route, wizard):
        """Uploaded again untouched, the workbook of rejects loads nothing; nor does the one it gives."""
        again = wizard
        for _time in range(2):
            with self._here():
                again = self._wizard(route, base64.b64decode(again.reject_file), "xlsx")
                again.action_load()
            self.assertEqual(again.state, "rejected", again.message)
            self.assertEqual((again.error_count, again.loaded_count), (wizard.error_count, 0))
