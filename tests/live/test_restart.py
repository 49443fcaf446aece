"""PostgreSQL restarts under scripts/run: the address answers again, and nobody has to start anything."""

import json
import os
import shutil
import subprocess
import time
import urllib.request
from types import SimpleNamespace

import pytest

from tests.live_server import WEB
from tests.runner.job import ROOT, SUITE, VAR, copying, free_ports

DATABASE = "jiceng_own"
SECONDS = 180
CLUSTER = ". scripts/common.sh; . scripts/cluster.sh; . scripts/database.sh; start_cluster run; cluster_folder run; "


@pytest.fixture(scope="module")
def running():
    """scripts/run with a PostgreSQL of its own, on a copy of the suite."""
    var = VAR / "restart"
    copy = VAR / "restart.dump"
    with copying():
        subprocess.run(["pg_dump", "-Fc", "-Z0", "-d", SUITE, "-f", copy], check=True)
    # Its own server is started where none is named.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "ODOO"))}
    environment |= {"JICENG_VAR": str(var)}

    def bash(command):
        done = subprocess.run(
            ["bash", "-c", CLUSTER + command],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    bash(
        f"createdb {DATABASE}; pg_restore -j 2 --no-owner -d {DATABASE} '{copy}';"
        f' psql -q -d {DATABASE} -c "INSERT INTO ir_config_parameter (key, value)'
        " VALUES ('jiceng.addons_hash', '$(addons_hash)')\""
    )
    copy.unlink()
    (port,) = free_ports(1)
    with (VAR / "restart-run.txt").open("w") as told:
        process = subprocess.Popen(
            ["scripts/run", "--no-demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True,
        )  # fmt: skip
    note = VAR / "restart-run.pid"
    note.write_text(str(process.pid), encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    yield SimpleNamespace(bash=bash, process=process, url=url, told=VAR / "restart-run.txt")
    subprocess.run(["scripts/run", "--stop"], cwd=ROOT, env=environment, check=True, capture_output=True)
    process.wait(30)
    note.unlink()
    shutil.rmtree(var)


def sign_in(url):
    """What signing in with a wrong password is answered: only a server that reaches its database refuses it."""
    params = {"db": DATABASE, "login": "admin", "password": "wrong"}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
    request = urllib.request.Request(
        f"{url}/web/session/authenticate", data=body, headers={"Content-Type": "application/json"}
    )
    with WEB.open(request, timeout=30) as answer:
        return json.load(answer)["error"]["data"]["name"]


def wait_until_told(running, words):
    limit = time.monotonic() + SECONDS
    while words not in (told := running.told.read_text(encoding="utf-8")):
        assert time.monotonic() < limit and running.process.poll() is None, told
        time.sleep(0.3)


def wait_until_it_answers(running):
    limit = time.monotonic() + SECONDS
    while True:
        assert running.process.poll() is None, running.told.read_text(encoding="utf-8")
        try:
            if sign_in(running.url) == "odoo.exceptions.AccessDenied":
                return
        except (OSError, ValueError, KeyError):
            pass
        assert time.monotonic() < limit, running.told.read_text(encoding="utf-8")
        time.sleep(0.3)


def test_the_server_comes_back_after_its_database(running):
    wait_until_told(running, "Ctrl-C stops everything")
    wait_until_it_answers(running)
    # What the server says is not waited for: it goes on saying.
    running.bash('as_cluster_user "$(pg_bin)/pg_ctl" -D "$CLUSTER/data" -s -w -m immediate restart >/dev/null 2>&1')
    wait_until_it_answers(running)
    # A worker may answer before the others have seen that the database went away.
    wait_until_told(running, "It runs again.")
    wait_until_it_answers(running)
