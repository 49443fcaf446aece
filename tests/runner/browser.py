"""People's work in a real browser, on copies of the demo county.

What opens every screen as every kind of person takes long: each such file is a stage of its own.
"""

from .job import SUITE

FOLDER = "tests/browser"
OF_THEIR_OWN = {
    "clicks": "test_click_everywhere.py",
    "screens": "test_screens.py",
    "beginning": "test_beginning.py",
}


def run(job):
    others = [f"--ignore={FOLDER}/{file}" for file in OF_THEIR_OWN.values()]
    return job.pytest_on_demo("browser", FOLDER, *others)


def clicks(job):
    return one_file(job, "clicks")


def screens(job):
    return one_file(job, "screens")


def one_file(job, name):
    return job.pytest_on_demo(name, f"{FOLDER}/{OF_THEIR_OWN[name]}")


def beginning(job):
    """A county from nothing: on a copy of the suite without a demo county, whose administrator reads Chinese."""
    copy = "jiceng_test_beginning"
    job.duplicate(SUITE, copy)
    job.shell(copy, 'env.ref("base.user_admin").lang = "zh_CN"\nenv.cr.commit()\n', log="beginning")
    return job.pytest("beginning", f"{FOLDER}/{OF_THEIR_OWN['beginning']}", env={"JICENG_DATABASE": copy})
