"""Files that unfold to gigabytes, brought in over the web: refused in words, and no worker ends or grows."""

import base64
import sys

import psutil
import pytest

from tests.live_server import CallError
from tests.runner.job import ROOT

sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "rules")]
import pure_addons  # noqa: E402, F401  (makes odoo.addons.*.tools importable without Odoo)
from hostile_files import HOSTILE  # noqa: E402

WORST = (
    "far_corner_xls",
    "repeated_text",
    "wide_and_deep_without_places",
    "word_span",
    "repeated_ods_text",
    "zip_in_zip",
)
# Every import of the suite reads with the same reader; these have forms of their own.
IMPORTS = {"bureauadmin": ("bphs.division.import", "bphs.worker.import"), "clerk": ("bphs.problem.import",)}
GROWTH = 200 * 2**20


def workers(server):
    return {process.pid: process.memory_info().rss for process in server.processes()}


@pytest.mark.parametrize("name", WORST)
def test_a_hostile_file_is_refused_and_harms_nobody(server, name):
    file = base64.b64encode(HOSTILE[name]()).decode()
    for login, models in IMPORTS.items():
        for model in models:
            vals = {"file": file, "file_name": "名单.xlsx"}
            (dialog,) = server.call(login, model, "create", vals_list=[vals])
            before = workers(server)
            with pytest.raises(CallError) as refusal:
                server.call(login, model, "action_check", ids=[dialog])
            assert refusal.value.name == "odoo.exceptions.UserError", (model, refusal.value)
            after = workers(server)
            assert set(after) == set(before), f"{model}: a worker ended"
            grown = max(after[pid] - before[pid] for pid in after)
            assert grown < GROWTH, f"{model}: a worker grew by {grown >> 20} MB"


def test_the_reader_leaves_nothing_running(server):
    assert not [process for process in psutil.process_iter(["cmdline"]) if "file_tools" in str(process.info["cmdline"])]
