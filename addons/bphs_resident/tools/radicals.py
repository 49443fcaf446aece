"""Radicals as they come out of PDFs, made the characters they look like: ``⻢小⽔`` -> ``马小水``.

Unicode has the shapes of radicals twice (U+2E80 to U+2EFF and U+2F00 to U+2FD5). Nobody sees the difference, and nobody
who types a name finds what is written with them. NFKC knows the second block alone.
"""

import unicodedata

# The first block, of which NFKC knows two; the characters are those of Unicode's EquivalentUnifiedIdeograph.
_SUPPLEMENT = dict(
    zip(
        "⺀⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "冫厂乛乚乙亻冂几刀刂卜㔾小尢尣尢尣巳幺彑彐忄扌攵旡日月歹民氵氺灬爫爪丬牜犭王疋目示礻竹糹纟罓罒网罓羊羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)
_TABLE = {ord(shape): character for shape, character in _SUPPLEMENT.items()} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6))
}


def fold(text: str) -> str:
    """The text with ordinary characters for every radical that has one."""
    return text if text.isascii() else text.translate(_TABLE)
