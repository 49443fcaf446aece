"""The medicines of a row that came from outside: as a sheet writes them, or as a program sends them.

A sheet: ``苯磺酸氨氯地平片 5mg 每日1次；二甲双胍 0.5g 每日2次``. A program: a list of objects with ``name``, ``dose``,
``dose_unit``, ``times_a_day``. Nothing is guessed: what cannot be read is refused, for it would be taken over by a tap.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from odoo.addons.bphs_base.tools.importing.sheet_values import as_decimal, as_text
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

MOST = 30
LONGEST = 100
_PART = re.compile(
    r"(?P<name>[^\s；;]+(?:\s[^\s；;0-9]+)*)"
    r"(?:\s+(?P<dose>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>[A-Za-zμµ万单位片粒丸支袋滴揿喷]{1,6}))?"
    r"(?:\s+(?:每日|一日|每天|1日)\s?(?P<times>[0-9]+(?:\.[0-9]+)?)\s?次)?"
)
_PARTS = re.compile(r"[；;\n]+")
KEYS = ("name", "dose", "dose_unit", "times_a_day")
_MOST_TIMES, _MOST_DOSE = 24, 99_999


def read_medicines(given: Any) -> list[dict[str, Any]]:
    """Return the medicines, each with ``name`` and, where it is told, ``dose``, ``dose_unit``, ``times_a_day``.

    :raise SheetError: with what cannot be read
    """
    if isinstance(given, (list, tuple)):
        found = [_sent(one) for one in given]
    elif not isinstance(given, str):
        raise SheetError("用药应为文本，或药品的列表")
    else:
        found = [_written(as_text(part)) for part in _PARTS.split(given) if part.strip()]
    if len(found) > MOST:
        raise SheetError(f"药品超过{MOST}种")
    return found


def _written(part):
    told = _PART.fullmatch(part)
    if told is None or not told["name"]:
        raise SheetError(f"“{part[:30]}”无法识别，请写成“药名 剂量单位 每日几次”，多种药用分号隔开")
    return _checked(told["name"], told["dose"], told["unit"], told["times"])


def _sent(one):
    if not isinstance(one, Mapping) or set(one) - set(KEYS):
        raise SheetError(f"药品应为对象，只含 {'、'.join(KEYS)}")
    if not isinstance(one.get("name"), str) or not isinstance(one.get("dose_unit", ""), str):
        raise SheetError("药名和剂量单位应为文本")
    return _checked(as_text(one["name"]), one.get("dose"), one.get("dose_unit"), one.get("times_a_day"))


def _checked(name, dose, unit, times):
    if not name or len(name) > LONGEST or not name.isprintable() or name[0] in "=+-@":
        raise SheetError("药名空缺、过长，或含有不应出现的字符")
    if len(unit or "") > 10 or not (unit or "").isprintable():
        raise SheetError(f"“{name[:20]}”的剂量单位无法识别")
    medicine = {"name": name}
    for key, value, most in (("dose", dose, _MOST_DOSE), ("times_a_day", times, _MOST_TIMES)):
        number = as_decimal(value)
        if number is None:
            continue
        if not Decimal(0) < number <= most:
            raise SheetError(f"“{name[:20]}”的剂量或次数不合理")
        medicine[key] = f"{number.normalize():f}"
    if unit:
        medicine["dose_unit"] = unit
    return medicine
