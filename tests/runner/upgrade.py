"""A demo county made by the previous release is upgraded to this one.

tests/upgrade/previous.txt holds the commit of the previous release; it is empty before the first.
"""

import os
import subprocess

from .job import ROOT, VAR, Result


def run(job):
    previous = (ROOT / "tests" / "upgrade" / "previous.txt").read_text(encoding="utf-8").strip()
    if not previous:
        return Result(skipped="there is no release before this one")
    if subprocess.run(["git", "cat-file", "-e", f"{previous}^{{commit}}"], cwd=ROOT).returncode:
        return Result(skipped=f"this checkout does not hold the history back to {previous}")
    folder = VAR / "previous"
    folder.mkdir()
    archive = subprocess.run(["git", "archive", previous, "addons"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    old = sorted(path.parent.name for path in folder.glob("addons/*/__manifest__.py"))
    result = Result()
    before = {"ODOO_ADDONS_PATH": str(folder / "addons")}
    install = ["-d", "jiceng_test_upgrade", "-i", ",".join(old), "--skip-auto-install"]
    install += ["--load-language", "zh_CN", "--stop-after-init"]
    _lines, problems = job.odoo(*install, log="upgrade-before", env=before)
    result.check(f"the previous release ({previous[:10]}) installs", problems)
    if not problems:
        update = ["-d", "jiceng_test_upgrade", "-u", ",".join(old), "-i", ",".join(job.addons)]
        _lines, problems = job.odoo(
            *update, "--skip-auto-install", "--stop-after-init", log="upgrade", env=dict(os.environ)
        )
        result.check("its database upgrades to this release", problems)
    return result
