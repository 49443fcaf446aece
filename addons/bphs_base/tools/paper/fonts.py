"""Chinese fonts for printed forms: found, checked for real outlines, and handed out run by run.

A resident's or doctor's name may hold a character that the text face lacks. Such a character is
set in the next face that has it; one that no face has is reported by the caller, never printed as
an empty box. A face's own character map is not believed: several open fonts map characters to an
empty outline, or fill the private use area with characters of their own choosing.
"""

import os
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FOLDERS_VARIABLE = "BPHS_FONT_FOLDERS"
_SYSTEM_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
)
_PRIVATE_USE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))

_LONG_CODE = re.compile(r"> <([0-9A-F]{5,6})>")

_registered: dict[tuple[Path, int], TTFont] = {}
_registering = threading.Lock()


class FontError(RuntimeError):
    """A font file is absent or cannot be embedded; the text names the package to install."""


@dataclass(frozen=True)
class FontFile:
    """A face by file name (or full path), the Debian package that ships it, its place in a .ttc."""

    file: str
    package: str
    index: int = 0


@dataclass(frozen=True)
class Run:
    """Neighbouring characters set in one face; ``font`` is a name registered with reportlab."""

    font: str
    text: str


# 黑体 for text and a darker cut for headings, both with outlines for the whole of GB 2312 and GBK;
# the rare ones together reach Extensions A to F of the Unicode table, and part of G and H.
BODY = FontFile("wqy-zenhei.ttc", "fonts-wqy-zenhei")
BOLD = FontFile("wqy-microhei.ttc", "fonts-wqy-microhei")
RARE = (
    FontFile("HanaMinA.ttf", "fonts-hanazono"),
    FontFile("HanaMinB.ttf", "fonts-hanazono"),
    FontFile("BabelStoneHan.ttf", "fonts-babelstone-han"),
)


class Fonts:
    """The faces a form is set in: a text face, a bold face, and faces for rare characters.

    :param body: face of the text; the only one that must be installed
    :param bold: face of headings and totals; the text face serves where it is not installed
    :param rare: faces asked in turn for a character the first ones lack
    :param folders: where to look before the folders of ``BPHS_FONT_FOLDERS`` and the system's
    :raise FontError: the text face is not installed, or holds no TrueType outlines
    """

    def __init__(self, body=BODY, bold=BOLD, rare=RARE, folders=()):
        self._folders = _folders(folders)
        self.absent: list[FontFile] = []
        path = _find(body, self._folders)
        if path is None:
            raise FontError(
                f"找不到中文字体 {body.file}：请安装软件包 {body.package}（apt install "
                f"{body.package}），或用环境变量 {FOLDERS_VARIABLE} 指明字体所在文件夹"
            )
        self._text_face = _register(path, body.index)
        self._bold_face = self._optional(bold) or self._text_face
        self._rare = tuple(rare)
        self._rare_opened: list[TTFont] | None = None
        self._glyphs: dict[bool, dict[str, tuple[str, float] | None]] = {False: {}, True: {}}

    def glyph(self, char: str, bold: bool = False) -> tuple[str, float] | None:
        """Return (font name, advance in em) of a character, None where no face has it."""
        known = self._glyphs[bold]
        if char not in known:
            known[char] = self._look_up(char, bold)
        return known[char]

    def split_by_font(self, text: str, bold: bool = False) -> list[Run]:
        """Split into runs of one face; a character no face has stays in the run before it."""
        runs: list[Run] = []
        for char in clean_text(text):
            glyph = self.glyph(char, bold)
            font = glyph[0] if glyph else runs[-1].font if runs else self._text_face.fontName
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + char)
            else:
                runs.append(Run(font, char))
        return runs

    def missing_glyphs(self, text: str) -> list[str]:
        """Return the characters that no face can print, each once, in order of appearance."""
        found = dict.fromkeys(char for char in clean_text(text) if char != "\n")
        return [char for char in found if self.glyph(char) is None]

    def _look_up(self, char, bold):
        code = ord(char)
        if _within(code, _PRIVATE_USE):
            return None
        for face in self._faces(bold):
            if _has_outline(face, code):
                return face.fontName, _advance(face, code)
        return None

    def _faces(self, bold):
        if bold:
            yield self._bold_face
        yield self._text_face
        yield from self._rare_faces()

    def _rare_faces(self):
        """Open the big fonts only when a document holds a character that needs them."""
        if self._rare_opened is None:
            faces = [self._optional(font) for font in self._rare]
            self._rare_opened = [face for face in faces if face]
        return self._rare_opened

    def _optional(self, font):
        path = _find(font, self._folders)
        if path is None:
            self.absent.append(font)
            return None
        return _register(path, font.index)


class _Face(TTFont):
    """reportlab writes characters beyond the first plane as odd hex digits, where a PDF wants
    UTF-16: names with rare characters could be read on paper, but neither searched nor copied."""

    def addObjects(self, doc):
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:"):
                stream.content = _LONG_CODE.sub(_as_utf16, stream.content)


def _as_utf16(code):
    return f"> <{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def default_fonts() -> Fonts:
    """Return the shared faces; reading them takes some tenths of a second, once a process."""
    return Fonts()


def face_file(name: str) -> tuple[Path, int]:
    """Where the face of a run comes from: its file, and its place in it."""
    return next(key for key, face in _registered.items() if face.fontName == name)


def clean_text(text: str) -> str:
    """Return what can be printed: line ends as \\n, blanks as spaces, invisible marks dropped.

    Variation selectors go too: they only ask for another shape of the character before them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(None, map(_printable, text)))


@cache
def _printable(char):
    if char in "\n\u3000":
        return char
    if char.isspace():
        return " "
    if _within(ord(char), _VARIATION_SELECTORS):
        return ""
    return "" if unicodedata.category(char) in ("Cc", "Cf") else char


def _within(code, ranges):
    return any(low <= code <= high for low, high in ranges)


def _has_outline(face, code):
    """Blanks need no outline; anything else must have one, whatever the character map says."""
    glyph = face.face.charToGlyph.get(code)
    if not glyph:
        return False
    places = face.face.glyphPos
    return places[glyph] != places[glyph + 1] or chr(code).isspace()


def _advance(face, code):
    return face.face.charWidths.get(code, face.face.defaultWidth) / 1000


def _folders(first):
    named = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    return tuple(Path(folder).expanduser() for folder in (*first, *named, *_SYSTEM_FOLDERS) if str(folder))


def _find(font, folders):
    """Return the path of a face: as given when absolute, else wherever a folder's tree holds it."""
    if Path(font.file).is_absolute():
        return Path(font.file) if Path(font.file).is_file() else None
    return next((tree[font.file] for tree in map(_font_files, folders) if font.file in tree), None)


def _font_files(folder):
    found: dict[str, Path] = {}
    for parent, _folders_below, files in os.walk(folder, followlinks=True):
        for name in files:
            if name.lower().endswith((".ttf", ".ttc")):
                found.setdefault(name, Path(parent) / name)
    return found


def _register(path, index):
    """Register a face with reportlab once a process, under a name of our own."""
    with _registering:
        key = (path.resolve(), index)
        if key not in _registered:
            try:
                face = _Face(f"Jiceng{len(_registered)}-{path.stem}", str(path), subfontIndex=index)
            except (TTFError, OSError) as error:
                # reportlab embeds glyf outlines only; an OpenType font with CFF is refused here.
                raise FontError(f"字体文件 {path} 不是可嵌入的 TrueType 字体：{error}") from error
            pdfmetrics.registerFont(face)
            _registered[key] = face
        return _registered[key]
