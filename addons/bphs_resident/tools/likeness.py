"""Names that sound alike: what a clerk wrote down twice by ear.

Two names are close when every syllable is, after the differences that the dialects of Shanxi do not
make are taken out: 张 zhang / 臧 zang, 陈 chen / 程 cheng, 刘 liu / 牛 niu. The same steps are run by
PostgreSQL over the stored spelling (:func:`sound_steps`), so that a county is compared in one statement.
"""

import re

from .pinyin import READING_SEPARATOR

# Pattern and replacement, in this order, everywhere in the text; in the words Python and PostgreSQL have in common.
_STEPS = (
    ("([zcs])h", r"\1"),  # zh ch sh as z c s
    ("ng( |$)", r"n\1"),  # ang eng ing ong as an en in on
    ("(^| )l", r"\1n"),  # l as n at the beginning of a syllable
    ("v", "u"),  # lv nv as lu nu
)


def sound_steps() -> tuple[tuple[str, str], ...]:
    """The (pattern, replacement) pairs that take a spelling to its sound, for ``regexp_replace(.., 'g')``."""
    return _STEPS


def sound_of(spelling: str | None) -> str:
    """The sound of a stored spelling: ``zhang san feng`` -> ``zan san fen``; of several readings, the first.

    :param spelling: as ``tools.pinyin.pinyin_of`` gives it
    """
    text = (spelling or "").partition(READING_SEPARATOR)[0]
    for pattern, replacement in _STEPS:
        text = re.sub(pattern, replacement, text)
    return text
