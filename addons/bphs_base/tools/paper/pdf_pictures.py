"""Photos on paper: rows of pictures with a caption under each, small enough that a report with forty still prints."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from .form import Pictures
from .pdf_grid import draw_line
from .pdf_layout import MM
from .pdf_text import Typesetter

_HEIGHT, _GAP, _CAPTION, _SIZE = 52 * MM, 4 * MM, 8.5, 900


def picture_rows(block: Pictures, setter: Typesetter, width: float) -> list[Flowable]:
    """Return one flowable for each row of pictures; what cannot be read as a picture keeps its caption."""
    setter.where = "照片"
    room = (width - _GAP * (block.a_row - 1)) / block.a_row
    cells = [(_reader(picture.content), setter.wrap(picture.caption, room, _CAPTION)) for picture in block.pictures]
    return [_Row(cells[at : at + block.a_row], room, width) for at in range(0, len(cells), block.a_row)]


def _reader(content):
    """A picture of bounded size, upright as the camera meant it; None for what is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.draft("RGB", (_SIZE, _SIZE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return None
    upright.thumbnail((_SIZE, _SIZE))
    small = io.BytesIO()
    upright.save(small, "JPEG", quality=75)
    return ImageReader(io.BytesIO(small.getvalue()))


class _Row(Flowable):
    def __init__(self, cells, room, width):
        super().__init__()
        self.cells, self.room, self.width = cells, room, width
        self.words = max(len(lines) for __, lines in cells) * 11 + 4
        self.height = _HEIGHT + self.words

    def draw(self):
        canvas = self.canv
        canvas.setLineWidth(0.4)
        for at, (reader, lines) in enumerate(self.cells):
            left = at * (self.room + _GAP)
            canvas.rect(left, self.words, self.room, _HEIGHT)
            if reader:
                wide, high = reader.getSize()
                scale = min((self.room - 4) / wide, (_HEIGHT - 4) / high)
                canvas.drawImage(
                    reader,
                    left + (self.room - wide * scale) / 2,
                    self.words + (_HEIGHT - high * scale) / 2,
                    wide * scale,
                    high * scale,
                )
            for number, line in enumerate(lines, start=1):
                draw_line(canvas, line, left + (self.room - line.width) / 2, self.words - 11 * number, _CAPTION)
