"""Charts laid out as shapes, once for paper and for pictures: bars against targets, a line over months, a heat table.

Pure: figures and their words in, boxes, strokes and words out, from the upper left corner down. A figure of which only
the words are told (fewer than five) has no bar and no point.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

# The tones of the suite on paper, told apart by those who do not see red or green as well (they differ in darkness).
COLOURS = {
    "danger": "#C0392B",
    "warning": "#E0A030",
    "info": "#4477AA",
    "success": "#2E8B57",
    "muted": "#B0B7BF",
    "ink": "#222222",
    "line": "#C8CDD3",
    "plain": "#FFFFFF",
    "reached": "#CFE8D9",
    "missed": "#F2CFCB",
    "unknown": "#E4E7EA",
}
_GAP = 0.6  # of the size of the type


@dataclass(frozen=True)
class Bar:
    """:param shown: the figure in words :param target: where its mark stands"""

    label: str
    value: Decimal | None
    shown: str
    tone: str = "info"
    target: Decimal | None = None


@dataclass(frozen=True)
class Bars:
    """Bars from the left, one a row, each with a mark where its target is."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Trend:
    """A line over months, and a broken one of targets; months without a figure are gaps.

    :param marked: labels of months in which something was entered late
    """

    title: str
    points: tuple[Bar, ...]
    marked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heat:
    """A table whose cells are coloured by what they say.

    :param rows: name, and of each column the words and the tone
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Stroke:
    points: tuple[tuple[float, float], ...]
    colour: str = "ink"
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class Words:
    """:param left: where they begin; where they end or their middle, as ``align`` says"""

    left: float
    top: float
    text: str
    size: float
    align: str = "left"
    bold: bool = False


@dataclass
class Drawing:
    width: float
    height: float = 0
    shapes: list = field(default_factory=list)


def laid_out(chart: Bars | Trend | Heat, width: float, size: float, measure: Callable[[str, float], float]) -> Drawing:
    """Return a chart as shapes.

    :param size: of its type
    :param measure: how wide a text of a size is
    """
    drawing = Drawing(width)
    if chart.title:
        drawing.shapes.append(Words(width / 2, 0, shortened(chart.title, width, size * 1.15, measure), size * 1.15,
                                    "center", True))  # fmt: skip
        drawing.height = size * 2
    {Bars: _bars, Trend: _trend, Heat: _heat}[type(chart)](drawing, chart, size, measure)
    return drawing


def shortened(text: str, room: float, size: float, measure: Callable[[str, float], float]) -> str:
    """Return what of a text fits into some room, with a sign that there is more."""
    if measure(text, size) <= room:
        return text
    while text and measure(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def told_apart(texts: Sequence[str], room: float, size: float, measure: Callable[[str, float], float]) -> list[str]:
    """Return what of each text fits; where two would be one by that, their ends: names of one place begin alike."""
    cut = [shortened(text, room, size, measure) for text in texts]
    twice = {short for short in cut if len({text for text, told in zip(texts, cut, strict=True) if told == short}) > 1}
    return [
        _mirrored(shortened(_mirrored(text), room, size, measure)) if short in twice else short
        for text, short in zip(texts, cut, strict=True)
    ]


def _mirrored(text):
    return text[::-1]


def _scale(bars):
    """The greatest figure or target: the whole width or height."""
    told = [number for bar in bars for number in (bar.value, bar.target) if number is not None]
    return max([*told, Decimal(1)])


def _bars(drawing, chart, size, measure):
    names = min(max((measure(bar.label, size) for bar in chart.bars), default=0), drawing.width * 0.34)
    words = max((measure(bar.shown, size) for bar in chart.bars), default=0)
    left, row = names + size * _GAP, size * 1.9
    room = drawing.width - left - words - 2 * size * _GAP
    whole = _scale(chart.bars)
    for bar in chart.bars:
        top = drawing.height
        label = shortened(bar.label, names, size, measure)
        drawing.shapes.append(Words(names, top + size * 0.3, label, size, "right"))
        end = left
        if bar.value is not None:
            long = float(max(bar.value, Decimal(0)) / whole) * room
            drawing.shapes.append(Box(left, top + row * 0.18, max(long, 1), row * 0.55, bar.tone))
            end = left + long
        if bar.target is not None:
            at = left + float(bar.target / whole) * room
            drawing.shapes.append(Box(at - size * 0.1, top + row * 0.05, size * 0.2, row * 0.8, "ink"))
            end = max(end, at)
        drawing.shapes.append(Words(end + size * _GAP, top + size * 0.3, bar.shown, size))
        drawing.height += row
    drawing.shapes.append(Stroke(((left, drawing.height - row * len(chart.bars)), (left, drawing.height)), "line"))


def _trend(drawing, chart, size, measure):
    whole, high, left = _scale(chart.points), size * 14, size * 3.4
    top, room = drawing.height, drawing.width - left - size * 2
    step = room / max(len(chart.points) - 1, 1)
    every = max(1, round(size * 4.2 / step))
    for part in (0, 1, 2, 3, 4):
        at = top + size + high * (1 - part / 4)
        drawing.shapes.append(Stroke(((left, at), (left + room, at)), "line", 0.5))
        drawing.shapes.append(
            Words(left - size * 0.4, at - size * 0.6, f"{whole * part / 4:.0f}", size * 0.85, "right")
        )

    def place(at, number):
        return left + at * step, top + size + high * (1 - float(number / whole))

    for told, colour, dashed in (
        ([point.target for point in chart.points], "ink", True),
        ([point.value for point in chart.points], "info", False),
    ):
        for run in _runs(told):
            drawing.shapes.append(Stroke(tuple(place(at, told[at]) for at in run), colour, size * 0.14, dashed))
    last = None
    for at, point in enumerate(chart.points):
        if point.value is not None:
            x, y = place(at, point.value)
            wide = size * (0.42 if point.label in chart.marked else 0.26)
            drawing.shapes.append(Box(x - wide, y - wide, 2 * wide, 2 * wide,
                                      "warning" if point.label in chart.marked else "info"))  # fmt: skip
            last = (x, y, point.shown)
        if at % every == 0:
            drawing.shapes.append(Words(left + at * step, top + high + size * 1.5, point.label, size * 0.85, "center"))
    if last:
        drawing.shapes.append(Words(min(last[0], drawing.width - measure(last[2], size) / 2), last[1] - size * 1.7,
                                    last[2], size, "center", True))  # fmt: skip
    drawing.height = top + high + size * 3.4


def _runs(told):
    """Neighbouring places that have a figure, of two and more: a line is drawn through each."""
    run: list[int] = []
    for at, number in enumerate([*told, None]):
        if number is not None:
            run.append(at)
            continue
        if len(run) > 1:
            yield run
        run = []


def _heat(drawing, chart, size, measure):
    names = min(max((measure(name, size) for name, __ in chart.rows), default=0) + size, drawing.width * 0.36)
    wide = (drawing.width - names) / max(len(chart.columns), 1)
    row, small = size * 1.8, size * 0.85
    for at, text in enumerate(told_apart(chart.columns, wide * 0.96, small, measure)):
        middle = names + (at + 0.5) * wide
        drawing.shapes.append(Words(middle, drawing.height, text, small, "center", True))
    drawing.height += size * 1.5
    for name, cells in chart.rows:
        label = shortened(name, names - size * 0.4, size, measure)
        drawing.shapes.append(Words(0, drawing.height + size * 0.25, label, size))
        for at, (text, tone) in enumerate(cells):
            drawing.shapes.append(Box(names + at * wide + 0.5, drawing.height, wide - 1, row - 1, tone))
            told = shortened(text, wide * 0.96, small, measure)
            drawing.shapes.append(Words(names + (at + 0.5) * wide, drawing.height + size * 0.35, told, small, "center"))
        drawing.height += row
