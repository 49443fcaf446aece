"""One row of what comes from outside: what it says, or why it is refused; the same for a sheet and for a program.

What a single row shows is judged here; what takes all rows or the register is asked of the database. What a form asks
back, a row from outside is refused for: nobody is there who could be asked.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from odoo.addons.bphs_base.tools.importing.sheet_values import as_code, as_date, as_decimal, as_text
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_resident.tools.person_cells import PersonCells, RefusedError

from ..forms import Question, missing
from .answers import read_answers
from .columns import CHOICES, COLUMNS, COMPARED, CONDITION, DEATH, LABELS, MEASURES, RECORD, VISIT
from .medicines import read_medicines

LONGEST = {"external_id": 64, "name": 60, "place": 100, "stage": 50, "note": 200, "answers": 4000, "medicines": 2000}
_LONGEST = 60
_COLUMNS = (*MEASURES, *CHOICES, "hba1c_on", "next_on")
_FIRST_YEAR = 1900
# Neither tells what came: who it is is asked of the register, which system it is of the account.
_NOT_CONTENT = {"system", "external_id", "ehr_number", "id_number", "name"}
# What these name changes with the county; the words that came do not.
_NAMED = {"form", "worker", "institution"}


class Problem(NamedTuple):
    """Why a row is refused: the kind it is counted under, the column, and a text for the user."""

    kind: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """What of a form its rows are read by. ``choices``: question -> {code or words: code}."""

    id: int
    item_id: int | None
    sensitive: bool
    service_kind: str | None
    scaled: bool
    questions: tuple[Question, ...]
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(question.code for question in self.questions)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may name: code -> what it stands for.

    :param systems: code -> (id, source of its records)
    :param forms: code or name -> :class:`Form`
    :param workers: staff number -> (id, institution's id)
    :param institutions: code -> id
    :param modes: code or words -> (code, whether face to face)
    :param conditions: code or words -> code
    :param choices: column -> {code or words: code}
    """

    systems: Mapping[str, tuple[int, str]]
    forms: Mapping[str, Form]
    workers: Mapping[str, tuple[int, int]]
    institutions: Mapping[str, int]
    modes: Mapping[str, tuple[str, bool]]
    conditions: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


class OutsideReader(PersonCells):
    """Reads rows of one kind.

    :param kind: of :data:`COLUMNS`
    :param today: later days are refused
    """

    def __init__(self, kind: str, known: Known, today: date):
        self.kind, self.known, self.today = kind, known, today
        self.keys = tuple(column.key for column in COLUMNS[kind])
        self.required = tuple(column.key for column in COLUMNS[kind] if column.required)
        self._days: dict[Any, date] = {}

    # pylint: disable-next=method-required-super  # of a row, not of a model
    def read(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """What a row says, by the columns it is stored in, and what is wrong with it.

        :param given: column key -> value; what is nothing is left out
        """
        row: dict[str, Any] = {}
        problems = [Problem("unreadable", printable(key[:30]), "没有这个字段") for key in given if key not in self.keys]
        for key in self.keys:
            value = given.get(key)
            if value is None or value == "":
                continue
            try:
                said = self._value(key, self._checked(key, value))
                if said not in (None, "", []):
                    row[key] = self._fitting(key, said)
            except RefusedError as refused:
                problems.append(Problem(refused.kind, key, str(refused)))
            except SheetError as error:
                problems.append(Problem("unreadable", key, str(error)))
        refused = {problem.column for problem in problems}
        problems += [Problem("missing", key, "必填") for key in self.required if key not in row and key not in refused]
        if not {"ehr_number", "id_number"} & ({*row} | refused):
            problems.append(Problem("missing", "id_number", "健康档案编号和证件号码至少填一项"))
        if not problems:
            came = digest({key: as_text(given[key]) if key in _NAMED else value for key, value in row.items()})
            problems = self._whole(row)
            row["digest"] = came
        return row, problems

    # === THE WHOLE ROW === #

    def _whole(self, row):
        row["system_id"], row["source"] = row.pop("system")
        return {VISIT: self._visit, CONDITION: self._nothing_more, DEATH: self._nothing_more, RECORD: self._record}[
            self.kind
        ](row)

    def _nothing_more(self, _row):
        return []

    def _record(self, row):
        if not any(row.get(key) for key in (*COMPARED, "medicines")):
            return [Problem("missing", "systolic", "血压、血糖、糖化血红蛋白和用药至少填一项")]
        return []

    def _visit(self, row):
        form = row.pop("form")
        problems = [
            Problem("answer", key, "该服务表单没有这一项") for key in _COLUMNS if key in row and key not in form.codes
        ]
        problems += self._implausible(form, row)
        answers = {}
        try:
            answers = read_answers(row.pop("answers", None), form.questions, form.choices)
        except SheetError as error:
            problems.append(Problem("answer", "answers", str(error)))
        if row.get("next_on") and row["next_on"] < row["day"]:
            problems.append(Problem("date", "next_on", "早于服务日期"))
        if problems:
            return problems
        row["mode"], row["face_to_face"] = row.get("mode", ("clinic", True))
        worker = row.pop("worker", (None, None))
        row["worker_id"], row["institution_id"] = worker[0], worker[1] or row.pop("institution", None)
        row.pop("institution", None)
        row |= {"template_id": form.id, "item_id": form.item_id, "sensitive": form.sensitive, "scaled": form.scaled}
        row["service_kind"] = form.service_kind
        columns = {key: row[key] for key in _COLUMNS if key in row}
        left = missing(form.questions, {**answers, **columns, "service_kind": form.service_kind})
        row |= {"answers": answers or None, "missing": ",".join(left), "is_complete": not left}
        return []

    def _implausible(self, form, row):
        return [
            Problem("bounds", question.code, f"超出合理范围（{question.low:g}至{question.high:g}）")
            for question in form.questions
            if question.low is not None
            and row.get(question.code) is not None
            and question.code in MEASURES
            and not question.low <= row[question.code] <= question.high
        ]

    # === CELLS === #

    def _checked(self, key, value):
        if type(value) in (Unread, Covered):
            raise RefusedError("unreadable", "是合并的单元格或无法读取，请逐行填写")
        if isinstance(value, (list, tuple, Mapping)):
            if key not in ("medicines", "answers"):
                raise RefusedError("unreadable", "不是单个的值")
            return value
        if type(value) is str:
            plain = value if key not in ("medicines", "answers") else value.replace("\n", "；")
            if len(value) > LONGEST.get(key, _LONGEST) or not plain.isprintable() or value[0] in "=+-@":
                raise RefusedError("unreadable", "过长，或含有不应出现的字符")
        return value

    def _fitting(self, key, said):
        # A number may be longer as text than a text may be.
        if type(said) is str and len(said) > LONGEST.get(key, _LONGEST):
            raise RefusedError("unreadable", "过长，或含有不应出现的字符")
        return said

    def _value(self, key, value):
        if key in MEASURES:
            return self._measured(key, value)
        if key in CHOICES:
            return self._one_of(self.known.choices[key], value)
        return getattr(self, f"_{key}")(value)

    def _measured(self, key, value):
        number = as_decimal(value)
        # What was not measured many systems write as 0; of a score it is one.
        if number is None or number == 0 and key != "mmse_total":
            return None
        if MEASURES[key][1] == "int" and number != number.to_integral_value():
            raise RefusedError("unreadable", f"“{as_text(value)[:20]}”不是整数")
        low, high = COMPARED[key] if self.kind == RECORD else (0, 999)
        if not low <= number <= high:
            raise RefusedError("bounds", f"超出合理范围（{low}至{high}）")
        return int(number) if MEASURES[key][1] == "int" else number

    def _one_of(self, choices, value):
        text = as_text(value)
        if text not in choices:
            raise RefusedError("choice", f"“{text[:20]}”不在可选范围内")
        return choices[text]

    def _system(self, value):
        return self._named(self.known.systems, value, "来源系统", "system")

    def _form(self, value):
        return self._named(self.known.forms, value, "服务表单", "form")

    def _worker(self, value):
        return self._named(self.known.workers, value, "工作人员", "worker")

    def _institution(self, value):
        return self._named(self.known.institutions, value, "机构", "worker")

    def _named(self, found, value, what, kind):
        code = as_code(value)
        if code not in found:
            raise RefusedError(kind, f"没有编码为“{code[:20]}”的{what}，或不在范围内")
        return found[code]

    def _external_id(self, value):
        return as_code(value)

    def _day(self, value):
        day = self._any_day(value)
        if day and day > self.today:
            raise RefusedError("date", "在今天之后")
        return day

    _hba1c_on = _day

    def _next_on(self, value):
        return self._any_day(value)

    def _any_day(self, value):
        found = self._days.get(value)
        if found is None:
            found = self._days[value] = as_date(value)
        if found is None:
            return None
        if not _FIRST_YEAR <= found.year <= self.today.year + 2:
            raise RefusedError("date", "年份不合理")
        return found

    def _mode(self, value):
        return self._one_of(self.known.modes, value)

    def _kind(self, value):
        return self._one_of(self.known.conditions, value)

    def _medicines(self, value):
        return read_medicines(value)

    def _answers(self, value):
        return value

    def _text(self, value):
        return as_text(value)

    _place = _stage = _note = _text


def digest(row: Mapping[str, Any]) -> str:
    """What came, in one word: the same rows give the same, whoever the person is."""
    content = {key: value for key, value in row.items() if key not in _NOT_CONTENT}
    text = json.dumps(content, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def told(kind: str, problems: list[Problem]) -> str | None:
    """The reasons in one text, each with its column as the sheet calls it."""
    return printable("；".join(f"{LABELS[kind].get(one.column, one.column)}：{one.text}" for one in problems)) or None


def printable(text: str) -> str:
    """A text without what no column takes: reasons quote what came, whatever it was."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
