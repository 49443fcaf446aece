"""Invented residents as the file a county would import: CSV or xlsx with the headings of a roll."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import xlsxwriter

from odoo.addons.bphs_resident.tools.roll_columns import (
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


def roll_row(person: Person) -> dict[str, str]:
    """A person's row by the keys of the roll's columns, every cell of it text; what is left out is empty."""
    return {
        "ehr_number": person.ehr_number,
        "name": person.name,
        "sex": SEXES[person.sex],
        "birth_date": person.birth_date.isoformat(),
        "id_type": ID_TYPES[person.id_type],
        "id_number": person.id_number,
        "id_reason": person.id_reason,
        "phone": person.phone,
        "village": person.village,
        "household": person.household,
        "relation": RELATIONS.get(person.relation, ""),
        "residence_kind": RESIDENCE_KINDS[person.residence_kind],
        "file_created_on": person.file_created_on.isoformat(),
        "groups": LIST_SEPARATOR.join(GROUPS[group] for group in person.groups),
        "facts": LIST_SEPARATOR.join(FACTS[fact] for fact in person.facts),
    }


def cells_of(row: Mapping[str, str]) -> list[str]:
    """The cells of a row in the order of the roll's columns."""
    return [row.get(column.key, "") for column in ROLL_COLUMNS]


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8-sig") -> int:
    """Write headings and rows, each by the keys of the columns.

    :return: how many rows
    """
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(map(cells_of, counted := _Counted(rows)))
    return counted.count


def write_xlsx(path: Path | BytesIO, rows: Iterable[Mapping[str, str]]) -> int:
    """Write headings and rows, into a file or into memory; a row is on the disk before the next is drawn.

    :return: how many rows
    """
    counted = _Counted(rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("居民名册")
        page.write_row(0, 0, HEADINGS)
        for at, row in enumerate(counted, start=1):
            for column, text in enumerate(cells_of(row)):
                if text:
                    page.write_string(at, column, text)
    return counted.count


class _Counted:
    def __init__(self, rows):
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        for row in self.rows:
            self.count += 1
            yield row
