"""Races, kills and forged calls against a server with workers, on a copy of the demo county."""


def run(job):
    return job.pytest_on_demo("tests/live")
