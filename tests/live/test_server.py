"""The live server itself: keys, refusals, and a killed worker."""

import time

import pytest

from tests.live_server import WEB, CallError


def test_a_key_opens_what_its_owner_may_see(server):
    login = server.logins[0]
    found = server.call(login, "res.users", "search_read", domain=[["login", "=", login]], fields=["login"])
    assert [user["login"] for user in found] == [login]


def test_a_wrong_key_opens_nothing(server):
    server._keys["nobody"] = "0" * 40
    with pytest.raises(CallError) as refusal:
        server.call("nobody", "res.users", "search_read", domain=[], fields=["login"])
    assert refusal.value.status == 401


def test_a_private_method_is_not_callable(server):
    with pytest.raises(CallError) as refusal:
        server.call(server.logins[0], "res.users", "_check_credentials", ids=[2])
    assert refusal.value.status in (403, 404, 422)


def test_the_server_outlives_its_workers(server):
    before = {process.pid for process in server.processes()}
    server.kill_workers()
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            with WEB.open(f"{server.base_url}/web/health", timeout=5) as answer:
                if answer.status == 200:
                    break
        except OSError:
            time.sleep(0.5)
    else:
        pytest.fail("no worker came back within a minute")
    assert {process.pid for process in server.processes()} - before
