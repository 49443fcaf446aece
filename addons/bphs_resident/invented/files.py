"""Invented residents as the file a county would import: CSV or xlsx with the headings of a roll."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import xlsxwriter

from ..tools.roll_columns import (
    FACTS,
    GROUPS,
    ID_TYPES,
    LIST_SEPARATOR,
    RELATIONS,
    RESIDENCE_KINDS,
    ROLL_COLUMNS,
    SEXES,
)
from .county import Person

HEADINGS = [column.label for column in ROLL_COLUMNS]


def cells_of(person: Person) -> list[str]:
    """The cells of a person's row, every one of them text, in the order of the roll's columns."""
    return [
        person.ehr_number,
        person.name,
        SEXES[person.sex],
        person.birth_date.isoformat(),
        ID_TYPES[person.id_type],
        person.id_number,
        person.id_reason,
        person.phone,
        person.village,
        person.household,
        RELATIONS.get(person.relation, ""),
        "",
        RESIDENCE_KINDS[person.residence_kind],
        person.file_created_on.isoformat(),
        LIST_SEPARATOR.join(GROUPS[group] for group in person.groups),
        LIST_SEPARATOR.join(FACTS[fact] for fact in person.facts),
    ]


def write_csv(path: Path, rows: Iterable[list[str]], encoding: str = "utf-8-sig") -> int:
    """Write headings and rows.

    :return: how many rows
    """
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(counted := _Counted(rows))
    return counted.count


def write_xlsx(path: Path | BytesIO, rows: Iterable[list[str]]) -> int:
    """Write headings and rows, into a file or into memory; a row is on the disk before the next is drawn.

    :return: how many rows
    """
    counted = _Counted(rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("居民名册")
        page.write_row(0, 0, HEADINGS)
        for at, cells in enumerate(counted, start=1):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(at, column, text)
    return counted.count


class _Counted:
    def __init__(self, rows):
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self.rows:
            self.count += 1
            yield row
