"""Characters that look right and are not: brought to the ones that are typed and searched for.

Old systems keep rare characters of names in the private use area, text copied from PDF holds radicals instead of
characters, and what looks like a blank is often another sign.
"""

import re
import unicodedata

# ⺁ to ⻳, as Unicode's EquivalentUnifiedIdeograph has them. U+2E80 stands for none, U+2E9A is unassigned.
_RADICALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵\0旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗"
    "𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉"
    "齐歯齿竜龙龜亀龟"
)
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# All that is as wide as a blank and prints as nothing; a tab is one, a line break stays one.
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(rf"[{_UNSEEN}{_SPACES}\u2028\u2029\u2e80-\u2fd5\ue000-\uf8ff\uf900-\ufaff\r]")
_DROPPED = re.compile(f"[{_UNSEEN}]")
_BLANK = re.compile(f"[{_SPACES}]")
_LINE = re.compile(r"\r\n?|[\u2028\u2029]")


def _private_use_names():
    """Characters of names that GBK systems keep in the private use area, by their code since.

    GB 18030 gave 0xFE50 to 0xFEA0 their Unicode places later; the last ones came in 2022.
    """
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    table = {0xE815 + at: bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(trails)}
    late = (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864)
    table.update({code: chr(0x9FB4 + at) for at, code in enumerate(late)})
    plane_2 = {0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7,
               0xE83B: 0x2298F, 0xE855: 0x241FE}  # fmt: skip
    table.update({code: chr(found) for code, found in plane_2.items()})
    return {code: char for code, char in table.items() if char != chr(code)}


def _radicals():
    """Radicals, and ideographs kept only for the sake of other standards, with the ordinary character of each."""
    table = {0x2E81 + at: char for at, char in enumerate(_RADICALS) if char != "\0"}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            table[code] = plain
    return table


_CHARACTERS = _private_use_names() | _radicals()
_CHINESE = r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
_BETWEEN_CHINESE = re.compile(rf"(?<={_CHINESE})\s+(?={_CHINESE})")


def standard_text(text: str) -> str:
    """Return text trimmed, without unseen marks, every odd blank a blank, characters in their real places."""
    if _ODD.search(text):
        text = _LINE.sub("\n", _BLANK.sub(" ", _DROPPED.sub("", text))).translate(_CHARACTERS)
    return text.strip()


def standard_name(text: str) -> str:
    """Return the name of a person or a unit: on one line, and no blank between two Chinese characters."""
    return _BETWEEN_CHINESE.sub("", " ".join(standard_text(text).split()))
