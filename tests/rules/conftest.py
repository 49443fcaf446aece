"""Rule tests run without Odoo: the addons' tools are imported through scripts/pure_addons.py."""

import os
import sys
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "rules")]
import pure_addons  # noqa: E402, F401  (makes odoo.addons.*.tools importable without Odoo)

EXAMPLES = int(os.environ.get("JICENG_EXAMPLES", "150"))
# The machine's load must not decide whether a rule holds; the examples must be the same every time.
settings.register_profile("rules", deadline=None, derandomize=True, max_examples=EXAMPLES)
settings.register_profile("deep", deadline=None, max_examples=3000)
settings.load_profile("rules")
