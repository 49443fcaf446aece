"""nginx in front of workers: pages and their websocket on one port, and the sample for production."""

import gzip
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest
import websocket

from tests.live_server import WEB
from tests.runner.job import ROOT, VAR, free_ports

SCRIPTS = f'. "{ROOT}/scripts/common.sh"; . "{ROOT}/scripts/proxy.sh"; '
NGINX = subprocess.run(
    ["bash", "-c", SCRIPTS + "nginx_program"], capture_output=True, text=True, check=True
).stdout.strip()  # fmt: skip


def wait_for(url):
    limit = time.monotonic() + 60
    while True:
        try:
            return WEB.open(url, timeout=10).close()
        except OSError:
            assert time.monotonic() < limit, f"{url} does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def proxy(server):
    # The evented process starts last; a port looks free until it listens.
    wait_for(f"http://127.0.0.1:{server.gevent_port}/websocket/health")
    folder = VAR / "proxy-test"
    (port,) = free_ports(1)
    command = SCRIPTS + f'write_proxy "{folder}" {port} {server.port} {server.gevent_port}'
    subprocess.run(["bash", "-c", command], check=True)
    log = folder / "log"
    with log.open("w") as output:
        nginx = subprocess.Popen(
            [NGINX, "-e", "stderr", "-p", f"{folder}/", "-c", f"{folder}/nginx.conf"], stderr=output
        )
    address = f"127.0.0.1:{port}"
    wait_for(f"http://{address}/web/health")
    yield SimpleNamespace(address=address, url=f"http://{address}", log=log)
    nginx.terminate()
    nginx.wait(10)
    shutil.rmtree(folder)


def status(*args, **kwargs):
    try:
        with WEB.open(urllib.request.Request(*args, **kwargs), timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_page_comes_compressed(proxy):
    asked = urllib.request.Request(f"{proxy.url}/web/login", headers={"Accept-Encoding": "gzip"})
    with WEB.open(asked, timeout=30) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "密码" in gzip.decompress(answer.read()).decode()


def test_the_websocket_opens_on_the_same_port(proxy):
    line = websocket.create_connection(f"ws://{proxy.address}/websocket", origin=proxy.url, timeout=30)
    assert line.getstatus() == 101
    line.close()
    assert not proxy.log.read_text()


def test_too_large_an_upload_is_refused(proxy):
    assert status(f"{proxy.url}/web/login", data=bytes(32 * 1024**2 + 1)) == 413


def test_the_database_manager_is_closed(proxy):
    assert status(f"{proxy.url}/web/database/manager") == 404


def test_the_sample_for_production_is_valid(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=jiceng.example", "-days", "1",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    sample = (ROOT / "config/nginx/jiceng.conf").read_text(encoding="utf-8")
    sample = sample.replace("/etc/ssl/jiceng", str(tmp_path)).replace("/opt/jiceng", str(ROOT))
    # `nginx -t` opens what it listens on, and only root may take the ports below 1024.
    ports = dict(zip(("80", "443"), free_ports(2), strict=True))
    sample = re.sub(r"listen \[::\].*", "", sample)
    sample = re.sub(r"listen (\d+)", lambda found: f"listen 127.0.0.1:{ports[found[1]]}", sample)
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {folders}\n{sample}\n}}", encoding="utf-8"
    )
    tried = subprocess.run(
        [NGINX, "-t", "-e", "stderr", "-p", f"{tmp_path}/", "-c", tmp_path / "nginx.conf"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert tried.returncode == 0, tried.stderr


def test_guesses_are_slowed_however_the_address_is_spelled(proxy):
    """One limit for the page, its slash, the client's call, and what decodes to them; looking is free."""
    spelled = (
        "/web/login", "/web/login/", "//web//login", "/web/%6cogin", "/web/session/authenticate",
        "/web/session/authenticate/", "/zh_CN/web/login", "/web/session/change_password",
    )  # fmt: skip
    # Forty at once, then one in two seconds: whoever goes on is refused, by whatever spelling.
    at_once = [status(proxy.url + spelled[number % len(spelled)], data=b"login=x") for number in range(40)]
    assert 429 not in at_once, at_once
    for path in spelled:
        assert any(status(proxy.url + path, data=b"login=x") == 429 for _turn in range(100)), path
    assert status(f"{proxy.url}/web/login") == 200
    assert status(f"{proxy.url}/json/2/res.users/search_count", data=b"{}") != 429


def test_the_old_entries_for_programs_are_closed(proxy):
    for path in ("/jsonrpc", "/jsonrpc/", "/xmlrpc/common", "/xmlrpc/2/object", "//xmlrpc/2/object", "/XMLRPC/common"):
        assert status(proxy.url + path, data=b"<x/>") == 404, path


def test_jobs_are_started_by_the_runner_alone(proxy):
    for path in ("/queue_job/runjob", "/queue_job/create_test_job", "//queue_job/runjob"):
        assert status(f"{proxy.url}{path}?db=x&job_uuid=x") == 404, path
