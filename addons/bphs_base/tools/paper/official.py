"""An official document (公文) as GB/T 9704-2012 lays it out: what it says, and the measures of its page.

The same :class:`Official` is drawn as PDF and written as a Word file, so that both say the same. Pure.
"""

import re
from dataclasses import dataclass

from .pdf_layout import MM

# The page: margins in mm, the type area 156 mm × 225 mm with 22 lines of 28 characters.
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
WIDTH, HEIGHT = 156.0, 225.0
LINES, CHARACTERS = 22, 28
# Chinese type sizes in points.
NO_2, NO_3, NO_4 = 22.0, 16.0, 14.0
PITCH = HEIGHT * MM / LINES
EM = WIDTH * MM / CHARACTERS
RED = "#E60012"
# The heading of a section stands on a line of its own, and ends without a full stop.
_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]+、[^。；]{1,40}")),
    (2, re.compile(r"（[一二三四五六七八九十]+）[^。；]{1,40}")),
)
_LARGEST_HEAD = 42.0
# What stays whole in a title: a word in 《》, a year with its quarter, a number, a word of the field.
_UNIT = re.compile(
    r"《[^》]{1,12}》|[0-9]{4}年(?:度|第[一二三四]季度|上半年|下半年)?|[0-9A-Za-z〔〕.]+"
    r"|基本公共卫生|家庭医生|绩效评价|服务中心|卫生院|卫生室|服务|项目|签约|情况|结果|通报|通知|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Annex:
    """What is bound behind the document, from a page of its own.

    :param blocks: tables and texts of the paper kit
    """

    title: str
    blocks: tuple
    landscape: bool = True


@dataclass(frozen=True)
class Official:
    """One document.

    :param issuers: who issues it, by their full names; the first one's name heads a letter
    :param addressee: to whom (主送), with its colon
    :param paragraphs: of the text; a heading is told by how it begins
    :param number: document number (发文字号); empty while it is a draft
    :param date: in words, beside the seals
    :param copies: who gets a copy (抄送)
    :param printer: who prints and sends it out (印发机关); empty: nothing stands at the foot
    :param letter: laid out as a letter (信函格式): name of the issuer over a red line
    :param watermark: over each page
    """

    issuers: tuple[str, ...]
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    number: str = ""
    date: str = ""
    annexes: tuple[Annex, ...] = ()
    copies: str = ""
    printer: str = ""
    letter: bool = False
    watermark: str = ""

    @property
    def annex_lines(self) -> tuple[str, ...]:
        """The note of what is annexed: 附件：, numbered where there are several."""
        titles = [annex.title for annex in self.annexes]
        if len(titles) < 2:
            return tuple(f"附件：{title}" for title in titles)
        return tuple(
            f"{'附件：' if number == 1 else '　　　'}{number}. {title}" for number, title in enumerate(titles, 1)
        )

    def annex_label(self, number: int) -> str:
        """What stands above an annex: 附件1, without a number where it is the only one."""
        return f"附件{number}" if len(self.annexes) > 1 else "附件"

    @property
    def printed_line(self) -> str:
        return f"{self.date}印发" if self.date else "印发"


def level(paragraph: str) -> int:
    """1 for a heading 一、, 2 for one （一）, 0 for running text."""
    return next((number for number, pattern in _LEVELS if pattern.fullmatch(paragraph)), 0)


def paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of a text as people type it, without empty ones and without their own indents."""
    return tuple(filter(None, (line.strip() for line in (text or "").splitlines())))


def title_lines(text: str, room: int) -> list[str]:
    """Break a title over lines of about the same length, the longest above; what belongs together stays whole.

    :param room: characters that go into a line
    """
    # A word that is longer than a line is broken after all, a number never.
    units = [
        part
        for unit in _UNIT.findall(text)
        for part in ([unit] if len(unit) <= room or unit[0] in "《〔" or unit[0].isascii() else unit)
    ]
    wanted = -(-len(text) // room)
    for count in range(max(wanted, 1), len(units) + 1):
        lines = _filled(units, count, -(-len(text) // count), room)
        if all(len(line) <= room for line in lines):
            return lines
    return units


def head_size(names: tuple[str, ...], suffix: str = "") -> float:
    """Type size in points in which the longest red name, with what stands beside it, fits the width."""
    longest = max(map(len, names)) + len(suffix)
    return min(_LARGEST_HEAD, WIDTH * MM / longest)


def _filled(units, count, least, room):
    """Lines of at least ``least`` characters, filled from the top; the last of ``count`` takes what is left."""
    lines = [""]
    for unit in units:
        full = len(lines[-1]) >= least and len(lines) < count
        if lines[-1] and (full or len(lines[-1]) + len(unit) > room):
            lines.append("")
        lines[-1] += unit
    return lines
