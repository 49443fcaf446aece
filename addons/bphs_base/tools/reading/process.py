"""Files from outside, read in a process of their own: the worker never unfolds them.

A hostile file costs that process its life and nobody else anything: its memory and its time are bounded by the
system, and what it sends is JSON.
"""

import json
import logging
import os
import resource
import selectors
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ..sheet_guard import Limits, SheetError, check_size
from .cells import SheetRow, decoded, decoded_line

_logger = logging.getLogger(__name__)
_CHUNK = 1 << 18
_LONGEST_LINE = 64 * 2**20
_STOPPED = "读取文件占用内存或时间过多，已停止；请删除多余的工作表、行列或拆分后上传"
_SLOW = "读取文件超过 {:.0f} 秒，已停止；请删除多余的工作表、行列或拆分后上传"
# The tools are a package of their own there, without Odoo and without the addon around them.
_PROGRAM = """
import json, sys, types
path, folder = json.loads(sys.stdin.buffer.readline())
sys.path[:] = path
tools = sys.modules["file_tools"] = types.ModuleType("file_tools")
tools.__path__ = [folder]
from file_tools.reading.child import main
main()
"""


@dataclass(frozen=True)
class FoundSheet:
    """A sheet of an opened file. ``head``: its first rows; ``alternative``: another way to read the same text."""

    place: int
    name: str
    head: list[SheetRow]
    height: int = 0
    alternative: bool = False


class OpenFile:
    """A file opened in a process of its own; close it, or use it in a ``with``.

    :raise SheetError: not a kind that is read, damaged, encrypted, beyond the limits of size, memory or time
    """

    def __init__(self, content: bytes, limits: Limits | None = None):
        self.limits = limits or Limits()
        check_size(content, self.limits)
        self._patience = self.limits.seconds + self.limits.seconds_per_mb * len(content) / 2**20
        self._waited = 0.0
        self._buffer = bytearray()
        self._process = _start(content, self.limits, self._patience)
        self._end = weakref.finalize(self, _stop, self._process)
        told = self._line()
        self.kind: str = told["kind"]
        self.sheets = [
            FoundSheet(at, sheet["name"], list(decoded(sheet["head"])), sheet["height"], sheet["alternative"])
            for at, sheet in enumerate(told["sheets"])
        ]

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        """End the process; what was given of rows stays."""
        self._end()

    def rows(self, sheet: FoundSheet) -> Iterator[SheetRow]:
        """The rows of a sheet, drawn as they are wanted; to its end, or the file is closed.

        :raise SheetError: beyond the limits
        """
        self._process.stdin.write(b"%d\n" % sheet.place)
        self._process.stdin.flush()
        while "rows" in (told := self._line()):
            yield from decoded(told["rows"])

    def _line(self):
        """The next answer. Only what is waited for counts as time: the rows may be drawn slowly."""
        stream = self._process.stdout
        searched = 0
        with selectors.DefaultSelector() as ready:
            ready.register(stream, selectors.EVENT_READ)
            while (end := self._buffer.find(b"\n", searched)) < 0:
                searched = len(self._buffer)
                since = time.monotonic()
                came = ready.select(max(0.0, self._patience - self._waited))
                self._waited += time.monotonic() - since
                if not came:
                    self.close()
                    raise SheetError(_SLOW.format(self._patience))
                part = os.read(stream.fileno(), _CHUNK)
                if not part or len(self._buffer) > _LONGEST_LINE:
                    self.close()
                    raise SheetError(_STOPPED)
                self._buffer += part
        told = decoded_line(bytes(self._buffer[:end]))
        del self._buffer[: end + 1]
        if "error" in told or "failed" in told:
            self.close()
            if "failed" in told:
                _logger.warning("A file could not be read: %s", told["failed"])
            raise SheetError(told.get("error", "文件已损坏或无法识别，请用 Excel 或 WPS 打开后另存为 xlsx 再上传"))
        return told


def _start(content, limits, patience):
    """Start the process and hand it the file, in memory alone: it may hold numbers of people."""
    file = os.memfd_create("file")
    try:
        written = memoryview(content)
        while written:
            written = written[os.write(file, written) :]
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(file,),
            cwd="/",
            env={"LANG": "C.UTF-8"},
        )
    finally:
        os.close(file)
    # From the first moment on, before it has read a byte.
    resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
    order = {"limits": asdict(limits), "seconds": patience, "file": file}
    lines = [[sys.path, str(Path(__file__).resolve().parents[1])], order]
    process.stdin.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    process.stdin.flush()
    return process


def _stop(process):
    process.kill()
    process.stdout.close()
    with suppress(BrokenPipeError):
        process.stdin.close()
    process.wait()
