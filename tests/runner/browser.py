"""People's work in a real browser, on copies of the demo county.

What opens every screen as every kind of person takes long: each such file is a stage of its own.
"""

FOLDER = "tests/browser"
OF_THEIR_OWN = {"clicks": "test_click_everywhere.py", "screens": "test_screens.py"}


def run(job):
    others = [f"--ignore={FOLDER}/{file}" for file in OF_THEIR_OWN.values()]
    return job.pytest_on_demo("browser", FOLDER, *others)


def clicks(job):
    return one_file(job, "clicks")


def screens(job):
    return one_file(job, "screens")


def one_file(job, name):
    return job.pytest_on_demo(name, f"{FOLDER}/{OF_THEIR_OWN[name]}")
