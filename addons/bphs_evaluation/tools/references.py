"""Opaque references: what a sample of records is drawn by where nobody may learn of a person."""

import re
from collections.abc import Mapping

MOST = 300_000
_REFERENCE = re.compile(r"([0-9A-Za-z][0-9A-Za-z-]{1,39})(?:[ \t]+([0-9]{1,4}))?")
# What tells of a person by itself: an identity number, a mobile number.
_TELLING = (re.compile(r"[0-9]{17}[0-9Xx]"), re.compile(r"[0-9]{15}"), re.compile(r"1[3-9][0-9]{9}"))

# The same within words.
_TOLD = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9})(?![0-9])")


class OpaqueError(ValueError):
    """A line that is no opaque reference; the text names its place and never the line itself."""


def read_references(text: str) -> list[str]:
    """The references of a text, one a line, in code-point order.

    :raise OpaqueError: as :func:`read_frame`
    """
    return sorted(read_frame(text))


def read_frame(text: str) -> dict[str, int]:
    """What may be drawn: reference -> how many doubts there are about it, which may stand behind it on its line.

    :raise OpaqueError: letters and digits alone are references; names, identity and phone numbers are not
    """
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        told = _REFERENCE.fullmatch(line.strip())
        if not told or any(telling.fullmatch(told[1]) for telling in _TELLING):
            raise OpaqueError(f"第 {number} 行不是编号：只收字母、数字和连字符，不收姓名、身份证号和手机号")
        if told[1] in found:
            raise OpaqueError(f"第 {number} 行与前面的编号重复")
        found[told[1]] = int(told[2] or 0)
    if len(found) > MOST:
        raise OpaqueError(f"一个单位最多 {MOST} 个编号")
    return found


def frame_text(frame: Mapping[str, int]) -> str:
    """A frame as :func:`read_frame` reads it, in code-point order."""
    return "\n".join(
        f"{reference} {frame[reference]}" if frame[reference] else reference for reference in sorted(frame)
    )


def tells_of_person(text: str) -> bool:
    """Whether words hold an identity or a mobile number."""
    return bool(_TOLD.search(text))
