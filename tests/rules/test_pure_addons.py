"""The loader gives the tools without Odoo, and steps aside for a live one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python(code):
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, 'scripts'); {code}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def test_no_addon_runs_its_init():
    code = (
        "import pure_addons; from odoo.addons.bphs_base.tools import money;"
        "import odoo; print('odoo.models' in sys.modules, odoo.addons.bphs_base.tools is not None)"
    )
    assert python(code).stdout.split() == ["False", "True"]


def test_a_live_odoo_keeps_its_own_modules():
    code = (
        "import types; o = sys.modules['odoo'] = types.ModuleType('odoo'); o.__path__ = [];"
        "a = sys.modules['odoo.addons'] = types.ModuleType('odoo.addons'); a.__path__ = ['addons'];"
        "import pure_addons;"
        "print(sys.modules['odoo'] is o, 'odoo.addons.bphs_fund' in sys.modules)"
    )
    assert python(code).stdout.split() == ["True", "False"]
