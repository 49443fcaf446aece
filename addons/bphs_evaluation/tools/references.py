"""Opaque references: what a sample of records is drawn by where nobody may learn of a person."""

import re

MOST = 100_000
_REFERENCE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{1,39}")
# What tells of a person by itself: an identity number, a mobile number.
_TELLING = (re.compile(r"[0-9]{17}[0-9Xx]"), re.compile(r"[0-9]{15}"), re.compile(r"1[3-9][0-9]{9}"))


class OpaqueError(ValueError):
    """A line that is no opaque reference; the text names its place and never the line itself."""


def read_references(text: str) -> list[str]:
    """The references of a text, one a line, in code-point order.

    :raise OpaqueError: letters and digits alone are references; names, identity and phone numbers are not
    """
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        reference = line.strip()
        if not reference:
            continue
        if not _REFERENCE.fullmatch(reference) or any(telling.fullmatch(reference) for telling in _TELLING):
            raise OpaqueError(f"第 {number} 行不是编号：只收字母、数字和连字符，不收姓名、身份证号和手机号")
        if reference in found:
            raise OpaqueError(f"第 {number} 行与前面的编号重复")
        found.add(reference)
    if len(found) > MOST:
        raise OpaqueError(f"一个单位最多 {MOST} 个编号")
    return sorted(found)
