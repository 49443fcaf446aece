"""A roll of one township's new files, taken in by its named person: some rows were wrong and went back."""

from io import BytesIO

from ...invented.county import Village, draw_county
from ...invented.dirty import MISTAKES
from ...invented.files import roll_row, write_xlsx

IMPORTER = "ph.yincheng"
FILE = "荫城镇第四季度新建档案.xlsx"
VILLAGES, PEOPLE = 3, 18
SPOILT = ("check_digit", "sex", "village", "phone", "formula")
# Numbers of each birthday that belong to the people who are in the register already.
USED = 300


def roll(county):
    run = county.as_(IMPORTER, "bphs.resident.import").with_context(queue_job__no_delay=True).create({})
    run._receive(FILE, _workbook(_rows(county)))  # what the form's upload hands over
    run.action_confirm()


def _rows(county):
    """New people of some villages, the first of them with one mistake each, and one row that stands there twice."""
    villages = [Village(row["code"]) for row in county.of_township("yincheng")[1 : 1 + VILLAGES]]
    rows = [_row(person) for person in draw_county(villages, PEOPLE, seed=2, used=USED) if person.id_number]
    for mistake, row in zip(SPOILT, rows[2:], strict=False):
        MISTAKES[mistake](row)
    return [*rows, rows[-1]]


def _row(person):
    """The register draws the number of a new file; its households are others than those that are there."""
    person.ehr_number = ""
    person.household = f"{person.village}H9{person.household[-4:]}"
    return roll_row(person)


def _workbook(rows):
    content = BytesIO()
    write_xlsx(content, rows)
    return content.getvalue()
