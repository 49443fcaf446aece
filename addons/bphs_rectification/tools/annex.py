"""What the list of problems of a bulletin (附件2 问题列表) means by its words: units, terms, kinds of problems.

Pure: no database, no clock.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

_SEVERITY_WORDS = (
    ("immediate", re.compile(r"立行立改|立即|即知即改|马上")),
    ("ongoing", re.compile(r"持续|长期")),
    ("limited", re.compile(r"限期|限时")),
)
_DAYS = re.compile(r"(?<![0-9])([0-9]+)\s*(?:个)?\s*(工作日|日|天)(?!期)")
_MOST_DAYS = 999
_FULL_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_BETWEEN_UNITS = re.compile(r"[、，,;；/\s]+")
_ALL = r"(?:各|全部|所有|全区|全县|全市|辖区)+(?:各)?(?:乡镇|镇|乡|基层)?"
_GROUPS = (
    ("township", re.compile(rf"{_ALL}(?:卫生院|社区卫生服务中心)")),
    ("clinic", re.compile(rf"{_ALL}(?:村|村级)?(?:卫生室|社区卫生服务站)")),
    ("all", re.compile(rf"{_ALL}(?:单位|医疗卫生机构|基层医疗卫生机构|机构)")),
)


class TermError(ValueError):
    """A term that says no day; the text is fit for the user."""


def parse_term(text: str, found: date) -> tuple[str | None, date | None]:
    """What a term (时限) says: a severity, a deadline, or both.

    立行立改, 限期整改 and 持续整改 are severities; 7天, 30日内 count from ``found``; 2026年3月31日 is a day,
    and 3月31日 the next such day after ``found``. Of a span (至) its last day is meant. Working days (工作日) are taken
    as the calendar days they fill at five a week.

    :raise TermError: none of these, no day of the calendar, no days at all, or more of them than any term has
    """
    severity = next((name for name, words in _SEVERITY_WORDS if words.search(text)), None)
    deadline = _day(text, found)
    if severity is None and deadline is None:
        raise TermError(f"“{text[:30]}”看不出时限，请填写立行立改、限期、持续，或日期、天数")
    return severity, deadline


def _day(text, found):
    try:
        days = [(told.end(), date(*map(int, told.groups()))) for told in _FULL_DATE.finditer(text)]
        # 2026年11月20日至12月15日: the second day takes its year from the first.
        full = [told.span() for told in _FULL_DATE.finditer(text)]
        since = days[-1][1] if days else found
        for told in _MONTH_AND_DAY.finditer(text):
            if not any(start <= told.start() < end for start, end in full):
                days.append((told.end(), _next(since, *map(int, told.groups()))))
    except ValueError as error:
        raise TermError(f"“{text[:30]}”不是日历上的日期") from error
    if days:
        return max(days)[1]
    if told := _DAYS.search(text):
        count = int(told[1]) if len(told[1]) <= 4 else _MOST_DAYS + 1
        if not 0 < count <= _MOST_DAYS:
            raise TermError(f"“{text[:30]}”的天数应在1至{_MOST_DAYS}之间")
        return found + timedelta(days=-(-count * 7 // 5) if told[2] == "工作日" else count)
    return None


def _next(since, month, day):
    this_year = date(since.year, month, day)
    return this_year if this_year >= since else date(since.year + 1, month, day)


def split_units(text: str) -> list[str]:
    """The units a cell names: one, or several between 、 and the like; no blanks, each once."""
    parts = (part.strip() for part in _BETWEEN_UNITS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def unit_group(text: str) -> str | None:
    """``township``, ``clinic`` or ``all`` where the words mean every such unit (各卫生院), else None."""
    return next((name for name, words in _GROUPS if words.fullmatch(text)), None)


Types = Mapping[int, tuple[str, Iterable[str]]]


def recognise_type(texts: Iterable[str], kinds: Types, works: Types | None = None) -> int | None:
    """The kind of problem the words are about, else the work they belong to, or None.

    A text is taken by a type's name, else by the type of which it holds most keywords, longer ones first; where it
    tells nothing, the next text is asked. Only where no text tells a kind does its work decide: a list names the
    service of every problem (老年人, 孕产妇), and what goes wrong in it but sometimes.

    :param texts: the cells to look at, the most telling first
    :param kinds: id -> (name, keywords)
    :param works: likewise
    """
    texts = [text for text in texts if text]
    found = _recognised(texts, kinds)
    return found if found is not None or works is None else _recognised(texts, works)


def _recognised(texts, types):
    for text in texts:
        named = next((key for key, (name, __) in types.items() if name == text), None)
        if named is not None:
            return named
        scores = {
            key: (len(found), sum(map(len, found)))
            for key, (__, words) in types.items()
            if (found := [word for word in words if word in text])
        }
        if scores:
            return max(scores, key=scores.__getitem__)
    return None
