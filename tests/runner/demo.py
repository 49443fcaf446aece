"""The demo modules: their translations and their own tests, on a copy of the demo county."""

from .job import COUNTY, Result
from .suite import check_translations, run_tests

DATABASE = "jiceng_test_demo_odoo"


def run(job):
    result = Result()
    if not job.demo:
        return Result(skipped="there is no demo module yet")
    job.duplicate(COUNTY, DATABASE)
    check_translations(result, DATABASE, job.demo)
    run_tests(job, result, DATABASE, job.demo, "demo-tests")
    if job.nightly:
        tags = ["--test-tags", "click_all/web:TestMenusAdmin"]
        problems = job.odoo("-d", DATABASE, *tags, log="click-all", timeout=7200)[1]
        result.check("every menu opens for the administrator", problems)
    return result
