"""The large modules say where things are, and it is there."""

import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
LARGE = 10  # Python files of models
MODULES = [path for path in sorted(ADDONS.iterdir()) if len(list(path.glob("models/**/[a-z]*.py"))) > LARGE]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_the_map_names_what_is_there(module):
    usage = (module / "readme" / "USAGE.md").read_text(encoding="utf-8")
    assert "\n## Map\n" in usage, "say where things are, in a table under ## Map"
    named = re.findall(r"`([a-z_]+/[\w/.]*)`", usage[usage.index("\n## Map\n") :])
    assert named and not [name for name in named if not (module / name).exists()]
