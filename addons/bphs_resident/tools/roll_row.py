"""One row of a roll: the person it gives, or why it is refused.

What a single row shows is judged here, while its clear numbers are in memory and nowhere else; what takes all rows or
the register (twice in the file, known already) is asked of the database.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from odoo.addons.bphs_base.tools.characters import standard_name, standard_text
from odoo.addons.bphs_base.tools.importing.import_columns import normalise_header
from odoo.addons.bphs_base.tools.importing.sheet_values import as_code, as_date, as_text
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

from .identity import FIRST_YEAR, IdentityError, is_ehr_number, is_phone, normalise, normalise_phone, read_id_number
from .roll_columns import COLUMN_LABELS, FACTS, GROUPS, LIST_SEPARATOR, LONGEST, LONGEST_TEXT, ROLL_COLUMNS

_FORMULA_STARTS = "=+-@"
_UNREADABLE = "\ufffd"
_SHORTEST_DOCUMENT = 5
_NOT_LOOKED_AT = "与其他行重复而被退回，尚未核对；核对后请删除本行的原因"
_BREAKS = re.compile(r" *\n\s*")
_HOUSEHOLD = re.compile(r"[1-9][0-9]{0,4}")
_CHOICES = {
    column.key: {normalise_header(label): value for value, label in column.choices}
    for column in ROLL_COLUMNS
    if column.choices
}
_REQUIRED = [column.key for column in ROLL_COLUMNS if column.required]
_READERS = {column.key: column.reads or column.kind for column in ROLL_COLUMNS}
_LISTS = {"groups": GROUPS, "facts": FACTS}
_LIST_VALUES = {key: {label: value for value, label in known.items()} for key, known in _LISTS.items()}
_ID_PROBLEMS = {
    "characters": ("id_number", "应为17位数字加1位校验码"),
    "check_digit": ("check_digit", "校验码不符，请逐位核对"),
    "birth_date": ("date", "第7至14位不是有效日期"),
    "future": ("future", "其中的出生日期在今天之后"),
}


class Place(NamedTuple):
    """Where the people of a village belong: ids of the division, its institution and the township's."""

    division_id: int
    institution_id: int
    township_id: int


class Problem(NamedTuple):
    """Why a row is refused: the kind it is counted under, the column, and a text for the user."""

    kind: str
    column: str
    text: str

    def __str__(self):
        label = COLUMN_LABELS.get(self.column)
        return f"{label}：{self.text}" if label else self.text


class RowReader:
    """Reads the rows of one roll.

    :param positions: column key -> place of its cell
    :param places: village code -> :class:`Place`, of the villages the user may import into
    :param today: later dates are refused
    """

    def __init__(self, positions: Mapping[str, int], places: Mapping[str, Place], today: date):
        self.places, self.today = places, today
        self.reads = [
            (key, at, getattr(self, f"_{_READERS[key]}"), LONGEST.get(key, LONGEST_TEXT))
            for key, at in positions.items()
        ]
        self.dates: dict[str, date] = {}

    # pylint: disable-next=method-required-super  # of a row, not of a model
    def read(self, cells: list, unseen: bool = False) -> tuple[dict[str, Any], list[Problem]]:
        """The person of a row and what is wrong with it.

        :param unseen: rejected before as the second of two (`roll_reader.Roll.is_unseen`)
        :return: facts as `tools.columns.row_of` takes them, only those the row states, with ``village`` (code),
            ``household_number`` and ``address`` beside; and the problems, none where the row is in order
        """
        # Before anything else: by its first problem a row is counted, and given back.
        person, problems = {}, [Problem("twice", "", _NOT_LOOKED_AT)] * unseen
        clean = _is_clean(cells)
        if not clean:
            cells = [_cleaned(cell) for cell in cells]
        width = len(cells)
        for key, at, reader, longest in self.reads:
            cell = cells[at] if at < width else ""
            if cell == "":
                continue
            try:
                if type(cell) in (Unread, Covered):
                    raise _Refused("unreadable", _why(cell))
                if type(cell) is str and not (clean and cell[0] not in _FORMULA_STARTS and len(cell) <= longest):
                    self._check_text(key, cell, longest)
                person[key] = reader(key, cell)
            except _Refused as refused:
                problems.append(Problem(refused.kind, key, refused.text))
            except SheetError as error:
                problems.append(Problem("unreadable", key, str(error)))
        refused = {problem.column for problem in problems}
        self._complete(person, problems, refused)
        return person, problems

    # === WHOLE ROW === #

    def _complete(self, person, problems, refused):
        """What the cells say together."""
        for key in _REQUIRED:
            if key not in person and key not in refused:
                problems.append(Problem("missing", key, "必填"))
        if not any(key in person or key in refused for key in ("ehr_number", "id_number")):
            problems.append(Problem("missing", "ehr_number", "健康档案编号和证件号码至少填一项"))
        if "facts" in person:
            # What a filled-in cell does not name is not so; an empty one says nothing.
            stated = person.pop("facts")
            person.update({fact: fact in stated for fact in FACTS})
        place = self.places.get(person.get("village"))
        if place:
            person["division_id"], person["institution_id"], person["township_id"] = place
            self._number_household(person, problems)
        self._check_document(person, problems, refused)
        birth, created = person.get("birth_date"), person.get("file_created_on")
        if birth and created and created < birth:
            problems.append(Problem("date", "file_created_on", "早于出生日期"))

    def _number_household(self, person, problems):
        """12 digits of the village, H and five digits; of a number without the village it is the last part."""
        number, village = person.pop("household", None), person["village"]
        person["household_number"] = None
        if number:
            place = number.removeprefix(village).removeprefix("H").lstrip("0")
            if not _HOUSEHOLD.fullmatch(place):
                problems.append(Problem("household", "household", "应为村内的户序号（1至99999），前面可带村代码和H"))
            else:
                person["household_number"] = f"{village}H{place:>05}"

    def _check_document(self, person, problems, refused):
        if "id_number" in refused:
            return
        number = person.get("id_number")
        if number:
            person.setdefault("id_type", "resident_id")
        kind = person.get("id_type")
        if kind == "none":
            if number:
                problems.append(Problem("id_number", "id_type", "有证件号码，不能填暂无证件"))
            elif not person.get("id_reason"):
                problems.append(Problem("missing", "id_reason", "暂无证件的，请填写原因"))
        elif number and kind == "resident_id":
            self._check_resident_id(person, problems)
        elif number and len(number) < _SHORTEST_DOCUMENT:
            problems.append(Problem("id_number", "id_number", "过短"))

    def _check_resident_id(self, person, problems):
        try:
            identity = read_id_number(person["id_number"], self.today)
        except IdentityError as error:
            kind, text = _ID_PROBLEMS[error.code]
            problems.append(Problem(kind, "id_number", text))
            return
        person["id_number"] = identity.number
        if person.get("birth_date", identity.birth_date) != identity.birth_date:
            problems.append(Problem("birth_date", "birth_date", "与身份证号码不一致"))
        if person.get("sex", identity.sex) != identity.sex:
            problems.append(Problem("sex", "sex", "与身份证号码不一致"))

    # === CELLS === #

    def _check_text(self, key, cell, longest):
        if _UNREADABLE in cell or not cell.isprintable():
            raise _Refused("encoding", "含有无法识别的字符，请检查文件编码")
        if cell[0] in _FORMULA_STARTS and len(cell) > 1 and not (key == "phone" and cell[0] == "+"):
            raise _Refused("formula", "以公式符号开头，不予导入")
        if len(cell) > longest:
            raise _Refused("too_long", f"超过{longest}个字符")

    def _text(self, key, cell):
        return cell if type(cell) is str else as_text(cell)

    def _name(self, key, cell):
        return cell if type(cell) is str and " " not in cell else standard_name(as_text(cell))

    def _code(self, key, cell):
        return cell if type(cell) is str and cell.isascii() and cell.isalnum() else normalise(as_code(cell))

    def _ehr(self, key, cell):
        number = self._code(key, cell)
        if not is_ehr_number(number):
            raise _Refused("ehr_number", "应为17位数字")
        return number

    def _village(self, key, cell):
        code = self._code(key, cell)
        if code not in self.places:
            raise _Refused("village", f"“{code[:20]}”不存在，或不在您的管辖范围内")
        return code

    def _phone(self, key, cell):
        number = cell if type(cell) is str and cell.isdecimal() and cell.isascii() else normalise_phone(as_code(cell))
        if not is_phone(number):
            raise _Refused("phone", "不是电话号码")
        return number

    def _choice(self, key, cell):
        known = _CHOICES[key]
        value = known.get(cell) or known.get(normalise_header(cell))
        if value is None:
            raise _Refused("choice", f"“{as_text(cell)[:20]}”不在可选范围内")
        return value

    def _list(self, key, cell):
        known, values = _LIST_VALUES[key], []
        for label in as_text(cell).replace(",", LIST_SEPARATOR).replace("，", LIST_SEPARATOR).split(LIST_SEPARATOR):
            if label.strip():
                value = known.get(label.strip())
                if value is None:
                    raise _Refused("choice", f"“{label.strip()[:20]}”不在可选范围内")
                values.append(value)
        return tuple(values)

    def _date(self, key, cell):
        if type(cell) is str:
            found = self.dates.get(cell)
            if found is None:
                found = self.dates[cell] = self._parsed_date(cell)
        else:
            found = self._parsed_date(cell)
        return found

    def _parsed_date(self, cell):
        try:
            found = as_date(cell)
        except SheetError as error:
            raise _Refused("date", str(error)) from error
        if found.year < FIRST_YEAR:
            raise _Refused("date", f"早于{FIRST_YEAR}年")
        if found > self.today:
            raise _Refused("future", "在今天之后")
        return found


class _Refused(Exception):
    def __init__(self, kind, text):
        super().__init__(text)
        self.kind, self.text = kind, text


def _why(cell):
    if type(cell) is Unread:
        return str(cell)
    return f"“{as_text(cell)[:30]}”是与上一行合并的单元格，请取消合并后逐行填写"


def _is_clean(cells):
    """Whether the cells of a row are all texts as they should be: nothing unseen in them, no blanks at their ends."""
    try:
        text = f"|{'|'.join(cells)}|"
    except TypeError:
        return False
    return text.isprintable() and _UNREADABLE not in text and "| " not in text and " |" not in text


def _cleaned(cell):
    """Blanks at the ends and unseen marks go, every odd blank is a blank, a line break too; what a spreadsheet made a
    number or a date stays one."""
    if type(cell) is str:
        return _BREAKS.sub(" ", standard_text(cell))
    if isinstance(cell, datetime):
        return cell.date()
    return cell
