"""Files put together into one zip, one at a time, with a list of them all that says what each is and its hash."""

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

MOST_FILES, MOST_BYTES = 2_000, 500 * 2**20
# The day all entries bear: the same files give the same zip.
_DAY = (1980, 1, 1, 0, 0, 0)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
# Pressed already: pressing them again takes time and gains nothing.
_PRESSED = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".xlsx", ".docx")


class PackError(ValueError):
    """More than one zip may hold."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file as it lies in the zip."""

    name: str
    words: str
    size: int
    digest: str


def plain_name(text: str) -> str:
    """A text as part of a file name, on any system."""
    return _NOT_IN_NAMES.sub("-", text).strip(" .") or "-"


def pack(
    stream: IO[bytes],
    files: Iterable[tuple[str, str, bytes]],
    index: Callable[[list[Packed]], tuple[str, bytes]],
    most: int = MOST_BYTES,
) -> list[Packed]:
    """Write the files as a zip, each before the next is asked for, and last the list of them.

    :param files: name with its folders, what it is, content; names that come twice get a number
    :param index: makes the list: its name and content
    :param most: bytes of all files together
    :raise PackError: too many, or too large together
    """
    packed, taken, whole = [], set(), 0
    with zipfile.ZipFile(stream, "w") as archive:
        for name, words, content in files:
            whole += len(content)
            if whole > most or len(packed) == MOST_FILES:
                raise PackError(f"文件超过 {MOST_FILES} 个或 {most // 2**20} MB，不能打成一个包")
            name = _free(name, taken)
            taken.add(name)
            _write(archive, name, content)
            packed.append(Packed(name, words, len(content), sha256(content).hexdigest()))
        _write(archive, *index(packed))
    return packed


def _free(name, taken):
    number, free = 1, name
    stem, dot, suffix = name.rpartition(".")
    while free in taken:
        number += 1
        free = f"{stem}({number}).{suffix}" if dot else f"{name}({number})"
    return free


def _write(archive, name, content):
    entry = zipfile.ZipInfo(name, _DAY)
    pressed = name.lower().endswith(_PRESSED)
    entry.compress_type = zipfile.ZIP_STORED if pressed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
