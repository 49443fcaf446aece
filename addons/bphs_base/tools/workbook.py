"""Exported sheets and templates: a :class:`Sheet` in, xlsx out, from the tables of the paper kit.

Figures are numbers with a format, totals are formulas that already carry their value, and codes
are text. Text that starts like a formula is still text: it is never handed to Excel as a formula.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from .paper.form import NUMERIC, Column, FormError, Table, shown

_LONGEST_TEXT = 32767
_LONGEST_LIST = 255
_NARROWEST, _WIDEST = 6, 42  # characters of half width
_NAME_TAKEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CHOICES_SHEET = "选项"
_SHADE = "#EEF1F4"
_USUAL_SIZE = 11


@dataclass(frozen=True)
class Chart:
    """A chart under the table.

    :param kind: ``pie``, ``column``, ``bar`` or ``line``
    :param category: key of the column with the names
    :param values: keys of the numeric columns, one series each
    :param targets: key of a numeric column that is drawn as marks over columns, as a broken line beside a line
    """

    title: str
    category: str
    values: tuple[str, ...]
    kind: str = "column"
    targets: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    :param heading: lines above the table; the first is the title
    :param notes: lines below it
    :param portrait: A4 upright; sheets are printed across otherwise
    :param blank_rows: empty rows of a template, checked like the filled ones
    :param protect: only the columns that are not locked can be edited
    :param freeze: columns that stay in sight
    :param type_size: of the table, where it is to be larger than usual
    :param fills: colours of cells, by row (from 0) and key of the column
    :param watermark: grey text at the head of every printed page: who took the sheet out, and when
    """

    name: str
    table: Table
    heading: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    portrait: bool = False
    blank_rows: int = 0
    protect: bool = False
    freeze: int = 0
    watermark: str = ""
    type_size: int = 0
    fills: Mapping[tuple[int, str], str] = field(default_factory=dict)


def workbook_bytes(sheets: Iterable[Sheet], title: str = "", author: str = "") -> bytes:
    """Return the sheets as one xlsx file.

    :raise FormError: for a value that does not fit its column or a cell of Excel
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": title, "author": author})
        for sheet in sheets:
            add_sheet(book, sheet)
    return stream.getvalue()


def add_sheet(book, sheet: Sheet):
    """Add a sheet to a workbook of xlsxwriter, and return its worksheet."""
    return _Writer(book, sheet).fill()


def sheet_name(text: str, taken: Iterable[str] = ()) -> str:
    """Return a name Excel accepts: without its forbidden signs, at most 31 long, not taken."""
    used = {name.casefold() for name in taken}
    clean = _NAME_TAKEN.sub(" ", text).strip(" '")[:31].strip(" '") or "表"
    name, number = clean, 1
    while name.casefold() in used or name.casefold() == "history":
        number += 1
        suffix = f"({number})"
        name = clean[: 31 - len(suffix)] + suffix
    return name


class _Writer:
    """Writes one sheet from top to bottom."""

    def __init__(self, book, sheet):
        self.book, self.sheet, self.table = book, sheet, sheet.table
        self.columns: Sequence[Column] = sheet.table.columns
        self.formats: dict[tuple, xlsxwriter.format.Format] = {}
        taken = [known.get_name() for known in book.worksheets()]
        self.page = book.add_worksheet(sheet_name(sheet.name, taken))
        self.grouped = any(column.group for column in self.columns)
        self.header = len(sheet.heading) + (1 if sheet.heading else 0)
        self.first = self.header + (2 if self.grouped else 1)
        self.last = self.first + len(self.table.rows) - 1
        self.widths = [max(_NARROWEST, _text_width(column.title) + 2) for column in self.columns]

    def fill(self):
        self._heading()
        self._header()
        self._rows()
        below = max(self.last + self.sheet.blank_rows, self.first - 1) + 1
        if self.table.has_total:
            self._totals(below)
            below += 1
        for note in self.sheet.notes:
            self._string(below, 0, note, self._format(border=0, align="left", text_wrap=False))
            below += 1
        if self.sheet.chart:
            self._chart(below + 1)
        for at, column in enumerate(self.columns):
            larger = max(self.sheet.type_size / _USUAL_SIZE, 1)
            self.page.set_column(at, at, min(self.widths[at], _WIDEST) * larger, self._blank(column))
            self._validate(at, column)
        self._print_setup()
        if self.sheet.protect:
            self.page.protect(options={"format_columns": True, "sort": True, "autofilter": True})
        return self.page

    def _heading(self):
        last = len(self.columns) - 1
        for at, text in enumerate(self.sheet.heading):
            form = self._format(border=0, align="center", bold=not at, font_size=16 if not at else 11)
            if last:
                self.page.merge_range(at, 0, at, last, "", form)
            self._string(at, 0, text, form)
            self.page.set_row(at, 28 if not at else 18)

    def _header(self):
        form = self._format(bold=True, align="center", bg_color=_SHADE, text_wrap=True)
        at = 0
        while at < len(self.columns):
            column = self.columns[at]
            end = at
            if column.group:
                while end + 1 < len(self.columns) and self.columns[end + 1].group == column.group:
                    end += 1
                if end > at:
                    self.page.merge_range(self.header, at, self.header, end, "", form)
                self._string(self.header, at, column.group, form)
                for below in range(at, end + 1):
                    self._string(self.header + 1, below, self.columns[below].title, form)
            else:
                if self.grouped:
                    self.page.merge_range(self.header, at, self.header + 1, at, "", form)
                self._string(self.header, at, column.title, form)
            at = end + 1
        self.page.freeze_panes(self.first, self.sheet.freeze)

    def _rows(self):
        forms = [self._column_format(column) for column in self.columns]
        for number in range(len(self.table.rows)):
            for at, column in enumerate(self.columns):
                value, colour = self.table.value(number, column), self.sheet.fills.get((number, column.key))
                form = self._column_format(column, colour=colour) if colour else forms[at]
                self._value(self.first + number, at, column, value, form)
        for number in range(self.last + 1, self.last + 1 + self.sheet.blank_rows):
            for at, form in enumerate(forms):
                self.page.write_blank(number, at, None, form)

    def _value(self, row, at, column, value, form):
        text = shown(column, value)
        self.widths[at] = max(self.widths[at], _text_width(text) + 2)
        if value is None:
            self.page.write_blank(row, at, None, form)
        elif column.kind in NUMERIC or column.kind == "index":
            self.page.write_number(row, at, value, form)
        elif column.kind == "date" and isinstance(value, (date, datetime)):
            self.page.write_datetime(row, at, value, form)
        else:
            self._string(row, at, text, form)

    def _totals(self, row):
        end = self.last + self.sheet.blank_rows
        label_at = next((at for at, column in enumerate(self.columns) if column.kind == "text"), 0)
        for at, column in enumerate(self.columns):
            form = self._column_format(column, bold=True, locked=True)
            total = self.table.total(column)
            # Above the total of an empty table there is nothing to sum but the total itself.
            if column.key in self.table.totals or (column.total and end < self.first):
                self.page.write_number(row, at, total, form)
            elif column.total:
                formula = f"=SUM({xl_range(self.first, at, end, at)})"
                self.page.write_formula(row, at, formula, form, value=total)
            elif at == label_at:
                self._string(row, at, self.table.total_label, form)
            else:
                self.page.write_blank(row, at, None, form)
            self.widths[at] = max(self.widths[at], _text_width(shown(column, total)) + 3)

    def _chart(self, row):
        chart = self.sheet.chart
        at = {column.key: number for number, column in enumerate(self.columns)}
        unknown = {chart.category, *chart.values, *filter(None, (chart.targets,))} - set(at)
        if unknown:
            raise FormError(f"图表的列不存在：{'、'.join(sorted(unknown))}")
        if not self.table.rows:
            return
        drawn = self.book.add_chart({"type": chart.kind})
        for key in chart.values:
            more = {"data_labels": {"percentage": True}} if chart.kind == "pie" else {}
            drawn.add_series({**self._series(chart, at, key), **more})
        if chart.targets:
            drawn.combine(self._targets(chart, at))
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_size({"width": 640, "height": 320})
        self.page.insert_chart(row, 0, drawn)

    def _series(self, chart, at, key):
        name, names = self.page.get_name(), at[chart.category]
        return {
            "name": self.columns[at[key]].title,
            "categories": [name, self.first, names, self.last, names],
            "values": [name, self.first, at[key], self.last, at[key]],
        }

    def _targets(self, chart, at):
        """Targets as a line of their own: broken beside a line, of marks alone over columns."""
        line = {"dash_type": "dash", "color": "#222222"} if chart.kind == "line" else {"none": True}
        marker = {"type": "none"} if chart.kind == "line" else {
            "type": "long_dash", "size": 14, "border": {"color": "#222222"}, "fill": {"color": "#222222"}
        }  # fmt: skip
        drawn = self.book.add_chart({"type": "line"})
        drawn.add_series({**self._series(chart, at, chart.targets), "line": line, "marker": marker})
        return drawn

    def _validate(self, at, column):
        """Lists and least values of a template, over its filled and blank rows."""
        end = self.last + self.sheet.blank_rows
        if end < self.first:
            return
        rule = None
        if column.choices:
            rule = {"validate": "list", "source": self._choices(column)}
        elif column.minimum is not None:
            rule = {
                "validate": "integer" if column.kind == "integer" else "decimal",
                "criteria": ">=",
                "value": column.minimum,
            }
        if rule:
            rule |= {"error_title": column.title[:32], "error_message": _rule_text(column)[:255]}
            self.page.data_validation(self.first, at, end, at, rule)

    def _choices(self, column):
        """A short list stands in the rule; a long one, or one with commas, on a hidden sheet."""
        if sum(map(len, column.choices)) + len(column.choices) <= _LONGEST_LIST and not any(
            "," in choice for choice in column.choices
        ):
            return list(column.choices)
        page = self.book.get_worksheet_by_name(_CHOICES_SHEET)
        if page is None:
            page = self.book.add_worksheet(_CHOICES_SHEET)
            page.hide()
        at = 0 if page.dim_colmax is None else page.dim_colmax + 1
        for row, choice in enumerate(column.choices):
            page.write_string(row, at, choice)
        return f"='{_CHOICES_SHEET}'!{xl_range_abs(0, at, len(column.choices) - 1, at)}"

    def _print_setup(self):
        page = self.page
        page.set_paper(9)
        page.set_portrait() if self.sheet.portrait else page.set_landscape()
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.repeat_rows(self.header, self.first - 1)
        page.set_footer("&C第 &P 页 / 共 &N 页")
        if self.sheet.watermark:
            # An ampersand begins a command of Excel's; doubled it is itself. Excel takes 255 characters.
            page.set_header("&C&20&KBFBFBF" + self.sheet.watermark.replace("&", "&&")[:200])

    def _string(self, row, at, text, form):
        """Always as a string: whatever it starts with, it is no formula and no link."""
        if len(text) > _LONGEST_TEXT:
            raise FormError(f"{xl_rowcol_to_cell(row, at)} 的文字超过 {_LONGEST_TEXT} 个字符")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise FormError(f"{xl_rowcol_to_cell(row, at)} 的文字含有无效字符") from error
        self.page.write_string(row, at, text, form)

    def _column_format(self, column, bold=False, locked=None, colour=""):
        return self._format(
            **({"bg_color": colour} if colour else {}),
            num_format=_number_format(column),
            align=column.align,
            bold=bold,
            text_wrap=column.kind == "text",
            locked=column.locked if locked is None else locked,
        )

    def _blank(self, column):
        """Format of a column below the table: a code typed there stays text; no borders."""
        return self._format(num_format=_number_format(column), border=0, align=column.align, locked=column.locked)

    def _format(self, **properties):
        """Each format of a sheet is made once."""
        wanted = {"border": 1, "valign": "vcenter", **properties}
        if self.sheet.type_size:
            wanted.setdefault("font_size", self.sheet.type_size)
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(wanted)
        return self.formats[key]


def _number_format(column):
    if column.kind == "number":
        return "#,##0." + "0" * column.digits if column.digits else "#,##0"
    if column.kind == "percent":
        return ("0." + "0" * column.digits if column.digits else "0") + "%"
    formats = {"index": "0", "integer": "#,##0", "money": "#,##0.00", "date": "yyyy-mm-dd"}
    return formats.get(column.kind, "@")


def _text_width(text):
    """Width in half-width characters, of the longest line; a Chinese character counts two."""
    return max(
        (sum(2 if east_asian_width(char) in "WFA" else 1 for char in line) for line in text.split("\n")),
        default=0,
    )


def _rule_text(column):
    if column.choices:
        return f"“{column.title}”请从列表中选择"
    kind = "整数" if column.kind == "integer" else "数字"
    return f"“{column.title}”应为不小于 {column.minimum} 的{kind}"
