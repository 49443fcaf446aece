"""A real server with workers, on a copy of the demo county: races, killed processes, backups; and who gets in where."""

DOORS = "tests/live/doors"


def run(job):
    return job.pytest_on_demo("live", "tests/live", f"--ignore={DOORS}")


def doors(job):
    return job.pytest_on_demo("doors", DOORS)
