"""An import on a server that is killed while it loads, and confirmed by two at once: what holds for every file."""

import threading
import time

import pytest

from tests.live_server import CallError

PART = 20_000  # rows of one transaction


def wait_for(condition, what, seconds=240):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not come about in {seconds} s")


def comes_in_once(server, rows, login, model, run, many, loaded):
    """From the upload to the end, with one confirmed twice and the server killed after the first part.

    :param loaded: call that counts what of the file is there
    """
    table = model.replace(".", "_")

    def state():
        columns = "state, loaded_until, new_count, rejected_count"
        return rows(f"SELECT {columns} FROM {table} WHERE id = %s", run)[0]

    wait_for(lambda: state()[0] != "checking", "the check")
    assert state() == ("checked", 0, many, 0)
    assert loaded() == 0

    refused = []

    def confirm():
        try:
            server.call(login, model, "action_confirm", ids=[run])
        except CallError as error:
            refused.append(error)

    both = [threading.Thread(target=confirm) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert not refused

    wait_for(lambda: state()[1] > 0, "the first part")
    server.kill()
    # Of what was under way when the power went nothing is there; what was done is whole.
    done = loaded()
    assert 0 < done < many and done % PART == 0
    server.start()
    wait_for(lambda: state()[0] == "done", "the rest")
    assert state()[2:] == (many, 0)
    assert loaded() == many
    assert rows("SELECT to_regclass(%s)", f"{table}_{run}") == [(None,)]
