"""What a unit is called in a list, and which one is meant where nobody is called exactly so.

Pure: no database. Only what leaves no room is proposed: words people drop from a name, and short names of kinds.
"""

import re
import unicodedata
from collections.abc import Iterable

from odoo.addons.bphs_base.tools.characters import standard_name

_SHORT = (
    ("疾控中心", "疾病预防控制中心"),
    ("妇幼院", "妇幼保健院"),
    ("妇保院", "妇幼保健院"),
    ("社区中心", "社区卫生服务中心"),
    ("社区站", "社区卫生服务站"),
    ("卫健局", "卫生健康局"),
    ("村卫生所", "村卫生室"),
)
# What people leave out: the kind of place, and that a hospital is a central one.
_DROPPED = re.compile(r"[镇乡村]|街道|中心(?=卫生院)")
_SHORTEST = 4
_MOST = 3


def unit_core(name: str) -> str:
    """What is left of a name without the words people leave out of it."""
    text = re.sub(r"[（(].*?[）)]", "", unicodedata.normalize("NFKC", standard_name(name)))
    for short, full in _SHORT:
        if full not in text:
            text = text.replace(short, full)
    return _DROPPED.sub("", text)


def likely_units(name: str, known: Iterable[str]) -> list[str]:
    """The names that `name` may stand for, the likeliest first; none where more than a few would do."""
    wanted = unit_core(name)
    if len(wanted) < _SHORTEST:
        return []
    cores = {one: unit_core(one) for one in known}
    found = [one for one, core in cores.items() if core == wanted]
    # 区疾控中心: the county's own name is left out in front.
    found = found or [one for one, core in cores.items() if core.endswith(wanted)]
    return sorted(found) if len(found) <= _MOST else []
