"""Journeys of people through a real browser, on a copy of the demo county."""


def run(job):
    return job.pytest_on_demo("tests/browser")
