"""The files the addons' own tests make, for the tests of the rules: one maker for both."""

import importlib.util
from pathlib import Path

_PATH = Path(__file__).resolve().parents[2] / "addons" / "bphs_base" / "tests" / "made_files.py"
_SPEC = importlib.util.spec_from_file_location("made_files", _PATH)
made_files = importlib.util.module_from_spec(_SPEC)
# A dataclass looks its module up.
import sys  # noqa: E402

sys.modules["made_files"] = made_files
_SPEC.loader.exec_module(made_files)
