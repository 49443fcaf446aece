"""A chart on a printed form."""

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from .chart import COLOURS, Box, Stroke, laid_out
from .form import Charts
from .pdf_grid import INK, draw_line
from .pdf_text import Typesetter

_SIZE = 9.5


def chart_rows(block: Charts, setter: Typesetter, width: float) -> list[Flowable]:
    """Return one flowable for each chart."""
    setter.where = "图"
    return [_Chart(laid_out(chart, width, block.size or _SIZE, setter.width), setter) for chart in block.charts]


class _Chart(Flowable):
    def __init__(self, drawing, setter):
        super().__init__()
        self.drawing, self.width, self.height = drawing, drawing.width, drawing.height
        # Set beforehand, so that a character no font has is told before the document is begun.
        self.lines = {
            id(shape): setter.line(shape.text, shape.size, shape.bold)
            for shape in drawing.shapes
            if not isinstance(shape, (Box, Stroke))
        }

    def draw(self):
        canvas = self.canv
        for shape in self.drawing.shapes:
            if isinstance(shape, Box):
                canvas.setFillColor(HexColor(COLOURS[shape.colour]))
                canvas.rect(shape.left, self.height - shape.top - shape.height, shape.width, shape.height,
                            stroke=0, fill=1)  # fmt: skip
            elif isinstance(shape, Stroke):
                canvas.setStrokeColor(HexColor(COLOURS[shape.colour]))
                canvas.setLineWidth(shape.width)
                canvas.setDash(*((3, 2) if shape.dashed else ()))
                canvas.lines([(*a, *b) for a, b in self._upright(shape.points)])
                canvas.setDash()
            else:
                line = self.lines[id(shape)]
                left = shape.left - line.width * {"left": 0, "center": 0.5, "right": 1}[shape.align]
                canvas.setFillColor(INK)
                draw_line(canvas, line, left, self.height - shape.top - shape.size, shape.size)
        canvas.setStrokeColor(INK)

    def _upright(self, points):
        turned = [(x, self.height - y) for x, y in points]
        return zip(turned, turned[1:], strict=False)
