"""Setting Chinese text in lines: measured run by run, broken by the rules of Chinese typography."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .fonts import Fonts, Run, clean_text

# A line neither starts with a closing mark nor ends with an opening one (GB/T 15834).
_NO_START = "，。、；：！？）》〉」』】〕’”％%…—·,.;:!?)]}"
_NO_END = "（《〈「『【〔‘“([{￥¥"
# Latin words, figures and codes stay whole where they fit.
_UNIT = re.compile(
    rf"[{re.escape(_NO_END)}]*"
    rf"(?:[0-9A-Za-z]+(?:[.,:/_@+-][0-9A-Za-z]+)*|[^{re.escape(_NO_END)}])?"
    rf"[{re.escape(_NO_START)}]*",
    re.DOTALL,
)
SUBSTITUTE = "〓"  # the printers' mark for a missing sort; never an empty box


@dataclass(frozen=True)
class Missing:
    """A character no font has, and where in the form it stands."""

    char: str
    where: str

    def __str__(self):
        return f"{self.where}：{self.char}（U+{ord(self.char):04X}）"


class MissingGlyphError(ValueError):
    """Characters that no installed font can print; ``missing`` lists each with its place."""

    def __init__(self, missing: list[Missing], packages: Iterable[str] = ()):
        self.missing = missing
        text = "以下文字字库缺字，无法打印：" + "；".join(map(_safe, missing))
        packages = sorted(set(packages))
        if packages:
            text += f"。补字字体未安装：{'、'.join(packages)}"
        super().__init__(text)


@dataclass(frozen=True)
class Line:
    """One set line: its runs, its width in points, and its own alignment where it has one."""

    runs: tuple[Run, ...]
    width: float
    align: str = ""


class Typesetter:
    """Measures and breaks text for one document, and remembers the characters it could not set.

    ``where`` names the place being set; the caller keeps it current.
    """

    def __init__(self, fonts: Fonts):
        self.fonts = fonts
        self.where = ""
        self.missing: list[Missing] = []

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Return the width in points of text set in one line."""
        return size * sum(self._advance(char, bold) for char in clean_text(text))

    def line(self, text: str, size: float, bold: bool = False) -> Line:
        """Set text in one line, however long."""
        return self._line(clean_text(text).replace("\n", " "), size, bold)

    def wrap(self, text: str, width: float, size: float, bold: bool = False) -> list[Line]:
        """Break text into lines of at most ``width`` points; nothing is ever left out.

        Only a single character wider than the whole line may reach beyond it.
        """
        lines: list[Line] = []
        for paragraph in clean_text(text).split("\n"):
            lines += [self._line(part, size, bold) for part in self._break(paragraph, width / size, bold)]
        return lines

    def _break(self, text, room, bold):
        """Split into parts of at most ``room`` em."""
        room += 1e-6  # a column measured for exactly this text must take it
        if sum(self._advance(char, bold) for char in text) <= room:
            return [text]
        parts, part, used = [], "", 0.0
        for unit in self._units(text, room, bold):
            length = sum(self._advance(char, bold) for char in unit)
            if part and used + length > room and not unit.isspace():
                parts.append(part.rstrip(" "))
                part, used = "", 0.0
            part += unit
            used += length
        return [*parts, part.rstrip(" ")]

    def _units(self, text, room, bold):
        """Yield what should stay together; a unit longer than a line is given char by char."""
        for unit in filter(None, _UNIT.findall(text)):
            if sum(self._advance(char, bold) for char in unit) > room:
                yield from unit
            else:
                yield unit

    def _advance(self, char, bold):
        glyph = self.fonts.glyph(char, bold)
        return glyph[1] if glyph else 1.0

    def _line(self, text, size, bold):
        text = "".join(self._present(char, bold) for char in text)
        return Line(tuple(self.fonts.split_by_font(text, bold)), self.width(text, size, bold))

    def _present(self, char, bold):
        if self.fonts.glyph(char, bold):
            return char
        self.missing.append(Missing(char, self.where))
        return SUBSTITUTE


def aligned(lines: list[Line], align: str) -> list[Line]:
    return [replace(line, align=align) for line in lines]


def _safe(missing):
    """A lone surrogate cannot be shown or logged as it is."""
    return str(missing).encode("utf-8", "replace").decode()
