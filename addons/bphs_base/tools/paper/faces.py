"""The faces of official documents: those the standard names where a county has them, else open ones like them.

GB/T 9704 asks for 小标宋 in titles, 仿宋 in the text, 黑体 and 楷体 in headings. They may not be handed on, so that a
county lays its own files into a folder of ``BPHS_FONT_FOLDERS``.
"""

from functools import cache

from .fonts import BODY, BOLD, RARE, FontError, FontFile, Fonts

_SONG = (FontFile("uming.ttc", "fonts-arphic-uming"),)
_KAI = (FontFile("ukai.ttc", "fonts-arphic-ukai"),)

# Its strokes are thinner than those of 小标宋.
LIGHT = "uming"


def _own(*names):
    return tuple(FontFile(name, "") for name in names)


# The first that is installed is taken; the text face of all printed forms is always there.
FACES = {
    "title": (*_own("FZXBSJW.TTF", "FZXBSK.TTF", "FZXBSJW.ttf", "方正小标宋简体.ttf"), *_SONG, BOLD),
    "text": (*_own("simfang.ttf", "SIMFANG.TTF", "仿宋_GB2312.ttf", "FZFSJW.TTF", "FZFSK.TTF"), *_SONG, BODY),
    "hei": (*_own("simhei.ttf", "SIMHEI.TTF", "FZHTJW.TTF", "FZHTK.TTF"), BODY),
    "kai": (*_own("simkai.ttf", "SIMKAI.TTF", "楷体_GB2312.ttf", "FZKTJW.TTF", "FZKTK.TTF"), *_KAI, *_SONG, BODY),
}
# What a Word file names; whoever opens it has them, or sees the program's own choice.
WORD_FACES = {"title": "方正小标宋简体", "text": "仿宋_GB2312", "hei": "黑体", "kai": "楷体_GB2312"}


@cache
def official_fonts(use: str) -> Fonts:
    """The faces of one use of :data:`FACES`, with the others' for characters they lack.

    :raise FontError: not even the text face of the forms is installed
    """
    for face in FACES[use][:-1]:
        try:
            return Fonts(body=face, bold=face, rare=(BODY, *RARE))
        except FontError:
            continue
    return Fonts(body=FACES[use][-1], bold=FACES[use][-1], rare=(BODY, *RARE))
