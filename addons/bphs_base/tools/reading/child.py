"""What runs in the process that reads: a file comes in, its rows go out, within the memory and time it was given.

Started by :mod:`.process` as a program of its own, without Odoo: what a hostile file does to it is done to nothing
else. It answers line by line: ``{"kind", "sheets"}`` first, each sheet with its first rows, then the rows of each
sheet that is asked for by its place.
"""

import json
import os
import resource
import sys
from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from ..sheet_guard import Limits, SheetError
from .book import open_here
from .cells import encoded

HEAD_ROWS = 10  # platforms put titles and dates above the headings
_ROWS_A_LINE = 200
TOO_MUCH = "文件展开后占用内存过多，已停止读取；请删除多余的工作表、行列或拆分后上传"


def confine(limits: Limits, seconds: float):
    """Bound memory and processor time of this process, and write no core."""
    for what, wanted in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        most = resource.getrlimit(what)[1]
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (bound, most))


def answer(content: bytes, limits: Limits, asked: Iterable[bytes], out: BinaryIO):
    """Open a file, tell its sheets, then give the rows of those that are asked for."""
    try:
        kind, sheets = open_here(content, limits)
        told = []
        for sheet in sheets:
            head = list(islice(sheet.rows(), HEAD_ROWS))
            told.append(
                {
                    "name": sheet.name,
                    "height": sheet.height,
                    "alternative": sheet.alternative,
                    "head": json.loads(encoded(head)),
                }
            )
        _say(out, {"kind": kind, "sheets": told})
        for line in asked:
            drawn = iter(sheets[int(line)].rows())
            while rows := list(islice(drawn, _ROWS_A_LINE)):
                out.write(b'{"rows": %b}\n' % encoded(rows).encode())
            _say(out, {"end": True})
    except SheetError as error:
        _say(out, {"error": str(error)})
    except MemoryError:
        _say(out, {"error": TOO_MUCH})
    except Exception as error:
        # Where it failed, without what stood there: values of people go into no log.
        place = error.__traceback__
        while place.tb_next:
            place = place.tb_next
        _say(out, {"failed": f"{type(error).__name__}, {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"})


def _say(out, told):
    out.write(json.dumps(told).encode() + b"\n")
    out.flush()


def main():
    """Read the order from the standard input: limits, time, and the open file the content stands in."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    confine(limits, order["seconds"])
    # Whatever a library prints is no answer.
    out = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    with os.fdopen(order["file"], "rb") as file:
        file.seek(0)
        content = file.read()
    answer(content, limits, sys.stdin.buffer, out)
