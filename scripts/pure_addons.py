"""Make ``odoo.addons.<addon>.tools`` importable without Odoo.

The tools are pure Python, but an addon's own ``__init__`` imports models. Importing this module
registers each addon as a bare package that runs no ``__init__``, unless a live Odoo provides it.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def _bare_package(name, *folders):
    package = sys.modules[name] = ModuleType(name)
    package.__path__ = [str(folder) for folder in folders]
    parent, _dot, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, package)


if "odoo" not in sys.modules:
    _bare_package("odoo")
    _bare_package("odoo.addons")
for _folder in sorted((Path(__file__).resolve().parents[1] / "addons").iterdir()):
    _name = f"odoo.addons.{_folder.name}"
    if _folder.is_dir() and _name not in sys.modules and find_spec(_name) is None:
        _bare_package(_name, _folder)
