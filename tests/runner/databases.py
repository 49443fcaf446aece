"""The two databases that the other stages copy: the suite alone, and the demo county."""

import subprocess

from .job import COUNTY, ROOT, SUITE, VAR, Result, loud_lines


def suite(job):
    """All addons but the demo ones, in English and Chinese."""
    result = Result()
    modules = ",".join(job.plain)
    arguments = ["-i", modules, "--skip-auto-install", "--load-language", "zh_CN"]
    problems = job.odoo("-d", SUITE, *arguments, "--stop-after-init", log="install")[1]
    result.check(f"a fresh database installs {modules}", problems)
    # Each copy's tests would make them anew.
    pages = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"
    result.check("scripts and styles of pages are made", job.shell(SUITE, pages, log="install")[1])
    return result


def county(job):
    """The database scripts/run makes, in the way in which scripts/run makes it."""
    result = Result()
    if not any(module.endswith("_demo") for module in job.addons):
        return Result(skipped="there is no demo module yet")
    path = VAR / "install-demo.log"
    script = f". scripts/common.sh; . scripts/database.sh; make_database {COUNTY} '{path}' demo"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    result.check("the demo county installs", loud_lines(lines) + ([done.stderr] if done.returncode else []))
    return result
