"""Head, table and workbook of a printed form under the county's words."""

from collections.abc import Callable
from dataclasses import dataclass

from ..tools.paper.form import Form, Table

QUARTERS = {"1": "第一季度", "2": "第二季度", "3": "第三季度", "4": "第四季度"}


@dataclass(frozen=True)
class PrintedForm:
    """One form of a module.

    :param models: models whose records it prints
    :param form: (record, template) -> Form, for PDF; none: no paper of one form
    :param forms: (record, template) -> Forms, each numbered by itself, for one PDF of them all
    :param sheets: (record, template) -> list of Sheet, for xlsx; none: paper only
    :param official: (record, template) -> Official, for a document after GB/T 9704 as PDF and as a Word file
    :param kept: (record, kind) -> bytes of the file as it was issued, or nothing where it is drawn from the record
    :param picture: (record, template) -> Picture, for png: what is passed on to phones
    :param rows: (record) -> how many people or institutions it names
    :param template: code of the form whose words it takes, where it has none of its own
    :param group: who alone may take it out, beside those who may read the record: it holds account numbers
    """

    models: tuple[str, ...]
    form: Callable | None = None
    sheets: Callable | None = None
    rows: Callable = lambda record: len(record.line_ids) if "line_ids" in record._fields else 1
    group: str = ""
    forms: Callable | None = None
    template: str = ""
    picture: Callable | None = None
    official: Callable | None = None
    kept: Callable = lambda record, kind: None

    def makes(self, kind):
        """Whether it comes as this kind of file, pdf, docx, xlsx or png."""
        paper = self.form or self.forms or self.official
        by_kind = {"pdf": paper, "docx": self.official, "xlsx": self.sheets, "png": self.picture}
        return bool(by_kind.get(kind))

    def papers(self, record, template):
        """The form, or the forms one after the other."""
        return self.forms(record, template) if self.forms else [self.form(record, template)]


def period_text(period):
    """2025Q1 as 2025年第一季度, 2025 as 2025年度."""
    if period.kind == "quarter":
        year, quarter = period.code.split("Q")
        return f"{year}年{QUARTERS.get(quarter, quarter)}"
    return f"{period.code}年度" if period else ""


def day(value):
    """A date in words, 2025年3月31日; nothing as empty."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def name_of(institution):
    """Its full name, also of a unit above the reader's scope: it stands on the paper they are handed."""
    return institution.sudo().name or ""  # sudo: the name alone, of a unit a readable record names


def make_form(template, institution, period, blocks, **values):
    """A form under the county's words.

    :param template: bphs.print.template record
    :param institution: who issues it, where the template names nobody
    :param period: bphs.period record, empty where the form has none
    :param blocks: what stands on it
    :param values: further fields of :class:`Form`; ``period_words`` where no period says it
    """
    notes = tuple(filter(None, (template.note, *values.pop("notes", ()))))
    return Form(
        title=values.pop("title", None) or template.name,
        blocks=tuple(blocks),
        issuers=(template.issuer or name_of(institution),),
        period=values.pop("period_words", "") or period_text(period),
        signatures=template._texts("signatures"),
        seals=template._texts("seals"),
        notes=notes,
        **values,
    )


def make_table(template, columns, rows, **values):
    """A table with the columns the template prints."""
    return Table(template._columns(columns), rows, **values)


def heading(template, institution, period, unit="元"):
    """Title, and below it issuer, period and unit: what stands above a sheet.

    :param unit: of its figures; empty leaves it out
    """
    parts = (template.issuer or name_of(institution), period_text(period), f"单位：{unit}" if unit else "")
    return template.name, "　".join(filter(None, parts))
