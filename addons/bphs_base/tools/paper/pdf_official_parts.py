"""The parts of an official document that are drawn: lines on the grid, red head, names and date, the foot."""

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from .faces import LIGHT
from .official import EM, HEIGHT, MM, NO_3, NO_4, PITCH, RED, WIDTH, head_size
from .pdf_grid import INK

# A line that ends short of the edge by less than this is spread to it.
_RAGGED = 3.2


def drawn(canvas, line, x, y, size, spread=0.0, nominal=0.0, heavy=False):
    """Draw a set line from its left end on the baseline.

    :param spread: points added after each character
    :param nominal: type size drawn, squeezed to the width of ``size``
    :param heavy: a title: where its face stands in for 小标宋, its strokes are made as strong
    """
    canvas.saveState()
    text = canvas.beginText(x, y)
    squeeze = size / nominal if nominal else 1
    text.setHorizScale(squeeze * 100)
    text.setCharSpace(spread / squeeze)
    canvas.setLineWidth(size / 45)
    for run in line.runs:
        text.setFont(run.font, nominal or size)
        text.setTextRenderMode(2 if heavy and LIGHT in run.font else 0)
        text.textOut(run.text)
    canvas.drawText(text)
    canvas.restoreState()


class Blank(Flowable):
    """Empty lines of the grid; none: what makes a page that stays empty."""

    def __init__(self, lines=0.1):
        super().__init__()
        self.width, self.height = WIDTH * MM, lines * PITCH

    def draw(self):
        """Nothing."""


class Lines(Flowable):
    """Set lines under each other, a pitch apart; broken over pages anywhere."""

    def __init__(self, lines, size, align="left", pitch=PITCH, room=WIDTH * MM, heavy=False):
        super().__init__()
        self.lines, self.size, self.align, self.pitch = lines, size, align, pitch
        self.width, self.height = room, pitch * len(lines)
        self.ends, self.heavy = True, heavy

    def split(self, _width, height):
        count = int(height / self.pitch + 1e-6)
        return self.cut(len(self.lines) - count) if 0 < count < len(self.lines) else []

    def cut(self, last):
        """:return list: all but the last lines, and these; one part where there are no more"""
        if last >= len(self.lines):
            return [self]
        parts = [
            Lines(lines, self.size, self.align, self.pitch, self.width)
            for lines in (self.lines[:-last], self.lines[-last:])
        ]
        parts[0].ends, parts[1].ends = False, self.ends
        return parts

    def draw(self):
        self.canv.setFillColor(INK)
        self.canv.setStrokeColor(INK)
        y = self.height - self.pitch / 2 - 0.36 * self.size
        nominal = NO_3 if self.size == EM else 0
        for number, line in enumerate(self.lines, 1):
            slack = self.width - line.width
            spread = 0.0
            if self.align == "left" and not (self.ends and number == len(self.lines)):
                count = sum(len(run.text) for run in line.runs)
                spread = slack / (count - 1) if 0 < slack < _RAGGED * self.size and count > 1 else 0.0
            x = {"left": 0, "center": slack / 2, "right": slack}[self.align]
            drawn(self.canv, line, x, y, self.size, spread, nominal, self.heavy)
            y -= self.pitch


class Head(Flowable):
    """Red name of who issues it, number, red line: 版头; or the head of a letter."""

    def __init__(self, document, setting):
        super().__init__()
        self.document, self.width = document, WIDTH * MM
        setting["title"].where = setting["text"].where = "版头"
        names = document.issuers[:1] if document.letter else document.issuers
        self.suffix = "" if document.letter else "文件"
        self.size = head_size(names, self.suffix)
        self.names = [setting["title"].line(name, self.size) for name in names]
        self.beside = setting["title"].line(self.suffix, self.size)
        self.number = setting["text"].line(document.number, NO_3)
        # The name begins 35 mm below the upper edge of the type area, of a letter 30 mm below the edge of the page.
        self.drop = 0 if document.letter else 35 * MM
        self.step = self.size * 1.3
        under = 2.6 * PITCH if document.letter else 5 * PITCH
        self.height = self.drop + self.step * len(names) + under

    def draw(self):
        canvas = self.canv
        canvas.setFillColor(HexColor(RED))
        canvas.setStrokeColor(HexColor(RED))
        draw = self._letter if self.document.letter else self._file
        draw(canvas)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(INK)

    def _file(self, canvas):
        """Names under each other, spread to the longest; 文件 beside their middle."""
        widest = max(line.width for line in self.names)
        whole = widest + self.beside.width
        left = (self.width - whole) / 2
        y = self.height - self.drop - self.size
        for line in self.names:
            count = sum(len(run.text) for run in line.runs)
            spread = (widest - line.width) / (count - 1) if count > 1 else 0
            drawn(canvas, line, left, y, self.size, spread, heavy=True)
            y -= self.step
        middle = self.height - self.drop - self.size - self.step * (len(self.names) - 1) / 2
        drawn(canvas, self.beside, left + widest, middle, self.size, heavy=True)
        canvas.setFillColor(INK)
        rule = 1.8 * PITCH
        drawn(canvas, self.number, (self.width - self.number.width) / 2, rule + 4 * MM + 3, NO_3)
        canvas.setLineWidth(1.4)
        canvas.line(0, rule, self.width, rule)

    def _letter(self, canvas):
        """The name near the edge of the page, a thick and a thin line below it, the thin and the thick at the foot."""
        line = self.names[0]
        y = self.height - self.size + 5 * MM
        drawn(canvas, line, (self.width - line.width) / 2, y, self.size, heavy=True)
        # 170 mm wide, centred on the page: 7 mm beyond the type area on the left, 7 on the right.
        left, right = -8 * MM, self.width + 6 * MM
        upper = y - 4 * MM - 0.2 * self.size
        self._double(canvas, left, right, upper, thick_above=True)
        # The frame of a page begins 35 mm above its edge, the lower line stands 20 mm above it.
        self._double(canvas, left, right, self.height - HEIGHT * MM - 15 * MM, thick_above=False)
        canvas.setFillColor(INK)
        drawn(canvas, self.number, self.width - self.number.width, upper - PITCH, NO_3)

    def _double(self, canvas, left, right, y, thick_above):
        for width, offset in ((1.8, 1.6 if thick_above else -1.6), (0.6, -1.2 if thick_above else 1.2)):
            canvas.setLineWidth(width)
            canvas.line(left, y + offset, right, y + offset)


class Signing(Flowable):
    """Names of who issues it and the date, with the room a seal takes over both: nothing is printed where it is set."""

    def __init__(self, document, setter):
        super().__init__()
        setter.where = "落款"
        self.names = [setter.line(name, EM) for name in document.issuers]
        self.date = setter.line(document.date or "　　　　年　月　日", EM)
        self.rows = [self.names] if sum(line.width for line in self.names) < WIDTH * MM - 4 * EM else [
            [line] for line in self.names
        ]  # fmt: skip
        self.width = WIDTH * MM
        self.height = (2 + 2 * len(self.rows)) * PITCH

    def draw(self):
        canvas = self.canv
        canvas.setFillColor(INK)
        y = self.height - 2 * PITCH - PITCH / 2 - 0.36 * EM
        date = self.width - 4 * EM - self.date.width
        for row in self.rows:
            for at, line in enumerate(row):
                if len(self.names) == 1:
                    x = date + (self.date.width - line.width) / 2
                    x = min(x, self.width - 2 * EM - line.width)
                else:
                    part = self.width / len(row)
                    x = at * part + (part - line.width) / 2
                drawn(canvas, line, x, y, EM, nominal=NO_3)
            y -= PITCH if row is self.rows[-1] else 2 * PITCH
        drawn(canvas, self.date, date, y, EM, nominal=NO_3)


class Foot(Flowable):
    """版记, at the bottom of its page: who gets a copy; who printed it, and when."""

    def __init__(self, document, setter):
        super().__init__()
        setter.where = "版记"
        room = WIDTH * MM - 2 * NO_4
        self.copies = setter.wrap(f"抄送：{document.copies}", room, NO_4) if document.copies else []
        self.printer = setter.line(document.printer, NO_4)
        self.printed = setter.line(document.printed_line, NO_4)
        self.step = NO_4 * 1.7
        self.least = (len(self.copies) + 1) * self.step + PITCH

    def wrap(self, _width, height):
        """Takes all the room there is, to stand at the bottom of it."""
        self.width, self.height = WIDTH * MM, max(height, self.least)
        return self.width, self.height

    def draw(self):
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setLineWidth(1)
        canvas.line(0, 0, self.width, 0)
        y = self.step * 0.35
        drawn(canvas, self.printer, NO_4, y, NO_4)
        drawn(canvas, self.printed, self.width - NO_4 - self.printed.width, y, NO_4)
        top = self.step
        if self.copies:
            canvas.setLineWidth(0.7)
            canvas.line(0, top, self.width, top)
            for line in reversed(self.copies):
                drawn(canvas, line, NO_4, top + self.step * 0.35, NO_4)
                top += self.step
        canvas.setLineWidth(1)
        canvas.line(0, top, self.width, top)
