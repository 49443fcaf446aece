"""Documents of clocks to break and to make up: those of tests/vectors/clocks, and their clocks by name."""

import copy
import json
from pathlib import Path

from odoo.addons.bphs_service.tools.clocks.reading import read_clock

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "clocks"
VECTORS = sorted(FOLDER.glob("*.in.json"))


def document(name):
    return json.loads((FOLDER / f"{name}.in.json").read_bytes())


def clock_document(name):
    """Return a clock of the vectors as a document; ``name+key=value`` changes one of its keys."""
    name, *changes = name.split("+")
    for path in VECTORS:
        found = json.loads(path.read_bytes())["clock"]
        if found["code"] == name:
            found = copy.deepcopy(found)
            for key, _, value in (change.partition("=") for change in changes):
                found[key] = json.loads(value)
            return found
    raise LookupError(name)


def clock(name):
    return read_clock(clock_document(name), "clock")
