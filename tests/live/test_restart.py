"""PostgreSQL restarts under scripts/run: it waits, starts the server again, and people go on working."""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
from types import SimpleNamespace

import pytest

from tests.live_server import WEB
from tests.runner.job import ROOT, VAR, free_ports

SECONDS = 180
# Its own folder: nothing of what runs in this checkout is touched.
FOLDER = VAR / "restart-test"
BEGIN = f'. "{ROOT}/scripts/common.sh"; . "{ROOT}/scripts/cluster.sh"; . "{ROOT}/scripts/database.sh"; '

# On the same port, after some seconds in which Odoo looks for it in vain.
RESTART = """cluster_folder run
control() {{ as_cluster_user "$(pg_bin)/pg_ctl" -D "$CLUSTER/data" -w -s "$@"; }}
port=$(as_cluster_user sed -n 4p "$CLUSTER/data/postmaster.pid")
control -m {mode} stop
sleep 6
control -l "$CLUSTER/log" -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=''" start
"""


def own(command, **kwargs):
    """Run bash over the cluster of this test, not that of the others."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return subprocess.run(
        ["bash", "-c", BEGIN + command],
        env=environment | {"JICENG_VAR": str(FOLDER)}, check=True, capture_output=True, text=True, **kwargs,
    ).stdout  # fmt: skip


def wait_for(condition, what):
    limit = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < limit, f"{what}: not within {SECONDS} s"
        time.sleep(0.2)


@pytest.fixture
def started():
    """scripts/run with a copy of the county in a cluster of its own."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    dump = FOLDER / "county.dump"
    subprocess.run(["pg_dump", "-Fc", "-Z0", "-f", dump, os.environ["JICENG_DATABASE"]], check=True)
    own(
        "start_cluster run fast; createdb jiceng_own;"
        f' pg_restore --no-owner -d jiceng_own "{dump}";'
        ' psql -q -d jiceng_own -c "INSERT INTO ir_config_parameter (key, value)'
        " VALUES ('jiceng.addons_hash', '$(addons_hash)')\""
    )
    dump.unlink()
    (port,) = free_ports(1)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO"))}
    out = FOLDER / "out"
    with out.open("w") as output:
        process = subprocess.Popen(
            [ROOT / "scripts/run", "--no-demo", "--port", str(port)],
            env=environment | {"JICENG_VAR": str(FOLDER)}, stdout=output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(lambda: process.poll() is not None or "Ctrl-C" in out.read_text(), "scripts/run starts")
        assert process.poll() is None, out.read_text()
        yield SimpleNamespace(process=process, url=f"http://127.0.0.1:{port}", out=out)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        own('cluster_folder run; stop_cluster run; rm -rf "$CLUSTER"')
        shutil.rmtree(FOLDER, ignore_errors=True)


def answered(url):
    """:return: the status of the sign-in page, or nought where nobody answers"""
    try:
        with WEB.open(f"{url}/web/login", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_postgresql_restarts_and_the_county_goes_on(started):
    """Twice: as an update of the system does it, and after a crash, when it reads its journal first."""
    for mode in ("fast", "immediate"):
        assert answered(started.url) == 200
        server = (FOLDER / "run-server.pid").read_text()
        own(RESTART.format(mode=mode))
        wait_for(lambda: answered(started.url) == 200, f"the page comes back after {mode}")
        # Odoo may have outlived it, or been started again; what counts is that it stays.
        time.sleep(8)
        wait_for(lambda: answered(started.url) == 200, f"it stays after {mode}")
        assert started.process.poll() is None, started.out.read_text()
        assert server
