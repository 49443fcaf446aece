"""A real server with workers on a database of its own, for tests that need processes.

    with LiveServer("jiceng_test_live", workers=2) as server:
        server.call("finance1", "bphs.fund.run", "action_submit", ids=[7])

`server.base_url`, `server.password`, `server.logins`, `server.key(login)` (an API key),
`server.processes()`, `server.kill_workers()`, `server.kill()`, `server.stop()`, `server.start()`.
The environment is what scripts/test exports.
"""

import json
import os
import secrets
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import psycopg2
from passlib.hash import pbkdf2_sha512

from tests.runner.job import ROOT, VAR, free_ports

START_SECONDS = 120
# A proxy in the environment is not for the server on this machine.
WEB = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class CallError(Exception):
    """A refused call: `status` (HTTP), `name` (the exception's Python name), `message`, `told` (the whole answer)."""

    def __init__(self, status, name, message, told=None):
        super().__init__(f"{status} {name}: {message}")
        self.status, self.name, self.message, self.told = status, name, message, told


class LiveServer:
    def __init__(self, database, workers=2, program=None, name=None):
        """:param list program: Odoo's own command, where it is another
        :param str name: of its log, where the database has a server already
        """
        self.database = database
        self.program = program or [os.environ["ODOO"]]
        self.workers = workers
        self.port, self.gevent_port = free_ports(2)
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log = VAR / f"server-{name or database}.log"
        self.note = VAR / f"server-{name or database}.pid"
        self.process = None
        self._keys = {}

    # --- life -------------------------------------------------------------------------------------
    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception):
        self.stop()

    def start(self):
        environment = os.environ | {"ODOO_RC": str(ROOT / "config/odoo-development.conf")}
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [
                    *self.program, "-d", self.database, "--db-filter", f"^{self.database}$",
                    "--workers", str(self.workers), "--max-cron-threads", "0", "--proxy-mode",
                    "--http-port", str(self.port), "--gevent-port", str(self.gevent_port),
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                start_new_session=True,
            )  # fmt: skip
        self.note.write_text(str(self.process.pid), encoding="utf-8")
        self._wait_until_healthy()

    def _wait_until_healthy(self):
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended at its start; see {self.log}")
            try:
                with WEB.open(f"{self.base_url}/web/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.3)
        self.stop()
        raise RuntimeError(f"the server did not answer in {START_SECONDS} s; see {self.log}")

    def stop(self):
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.note.unlink(missing_ok=True)
        self.process = None

    def kill(self):
        """Ends the server and all its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def processes(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill_workers(self):
        """Kills the workers; the server starts new ones by itself."""
        for process in self.processes():
            process.kill()

    # --- people -----------------------------------------------------------------------------------
    def shell(self, code):
        """Runs Python in `odoo shell` on the database; what it assigns to `answer` is returned."""
        with tempfile.TemporaryDirectory(dir=VAR) as folder:
            path = Path(folder) / "answer.json"
            tail = f"\nimport json\nopen({str(path)!r}, 'w').write(json.dumps(answer))\n"
            done = subprocess.run(
                [
                    os.environ["ODOO"], "shell", "-d", self.database,
                    "--no-http", "--log-level", "error",
                ],
                input="answer = None\n" + code + tail, capture_output=True, text=True,
            )  # fmt: skip
            if not path.exists():
                raise RuntimeError(done.stdout + done.stderr)
            return json.loads(path.read_text(encoding="utf-8"))

    @property
    def password(self):
        """The password all sign-ins of the demo county share."""
        if not hasattr(self, "_password"):
            self._password, self._logins = self.shell(
                'users = env["res.users"].search([("share", "=", False)], order="id")\n'
                'shared = env["ir.config_parameter"].sudo().get_param("bphs_demo.password")\n'
                "if not shared:\n"
                '    shared = "live-server-test"\n'
                "    users.password = shared\n"
                "    env.cr.commit()\n"
                'answer = shared, users.mapped("login")\n'
            )
        return self._password

    @property
    def logins(self):
        """The sign-ins of all employees, the administrator's first."""
        return self.password and self._logins

    def key(self, login):
        """An API key of that user, valid for a day; put where Odoo keeps its own, which is quicker than asking Odoo."""
        if login not in self._keys:
            key = secrets.token_hex(20)
            connection = psycopg2.connect(dbname=self.database)
            with connection, connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO res_users_apikeys (name, user_id, scope, expiration_date, key, index)"
                    " SELECT 'test', id, 'rpc', now() + interval '1 day', %s, %s FROM res_users WHERE login = %s",
                    [pbkdf2_sha512.using(rounds=6000).hash(key), key[:8], login],
                )
                assert cursor.rowcount == 1, f"nobody signs in as {login}"
            connection.close()
            self._keys[login] = key
        return self._keys[login]

    def call(self, login, model, method, *, timeout=120, **arguments):
        """Calls a public method as that user through /json/2; a refusal raises CallError."""
        request = urllib.request.Request(
            f"{self.base_url}/json/2/{model}/{method}",
            data=json.dumps(arguments).encode(),
            headers={
                "Authorization": f"Bearer {self.key(login)}",
                "Content-Type": "application/json",
                "Accept-Language": "zh-CN,zh;q=0.9",
                "X-Odoo-Database": self.database,
            },
        )
        try:
            with WEB.open(request, timeout=timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            try:
                told = json.loads(text)
            except ValueError:
                told = {"name": "", "message": text[:500]}
            raise CallError(error.code, told.get("name"), told.get("message"), told) from error
