"""A real server with workers, on a copy of the demo county: races, killed processes, backups."""


def run(job):
    return job.pytest_on_demo("live", "tests/live")
