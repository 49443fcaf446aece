"""People's work in a real browser, on copies of the demo county; and how a county begins, on one with nothing in it.

What opens every screen as every kind of person takes long: each such file is a stage of its own.
"""

from .job import COUNTY, SUITE

FOLDER = "tests/browser"
OF_THEIR_OWN = {"clicks": "test_click_everywhere.py", "screens": "test_screens.py", "beginning": "test_new_county.py"}


def run(job):
    others = [f"--ignore={FOLDER}/{file}" for file in OF_THEIR_OWN.values()]
    return job.pytest_on_demo("browser", FOLDER, *others)


def clicks(job):
    return one_file(job, "clicks")


def screens(job):
    return one_file(job, "screens")


def beginning(job):
    return one_file(job, "beginning", SUITE)


def one_file(job, name, source=COUNTY):
    return job.pytest_on_copy(name, source, f"{FOLDER}/{OF_THEIR_OWN[name]}")
