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
import time
import urllib.error
import urllib.request
from contextlib import closing

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


class KeptShell:
    """One `odoo shell` for all that is asked of it: starting Odoo takes longer than most of what is asked.

    Each text begins as in a shell of its own: a new transaction, nothing remembered. What it does not commit is undone.
    """

    LOOP = """
import json, os, traceback
asked, told = os.fdopen({asked}), os.fdopen({told}, "w")
for line in asked:
    env.cr.rollback()
    env.registry.check_signaling()
    env.transaction.reset()
    env.registry.clear_all_caches()
    place = {{"env": env, "self": env.user, "answer": None}}
    try:
        exec(json.loads(line), place)
        answer = json.dumps([place["answer"], None])
    except Exception:
        answer = json.dumps([None, traceback.format_exc()])
    env.cr.rollback()
    print(answer, file=told, flush=True)
"""

    def __init__(self, database):
        there, self.asked = os.pipe()
        self.told, back = os.pipe()
        self.log = VAR / f"shell-{database}.log"
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [os.environ["ODOO"], "shell", "-d", database, "--no-http", "--log-level", "error"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, text=True, pass_fds=(there, back),
            )  # fmt: skip
        self.process.stdin.write(self.LOOP.format(asked=there, told=back))
        self.process.stdin.close()
        os.close(there)
        os.close(back)
        self.asked, self.told = os.fdopen(self.asked, "w"), os.fdopen(self.told)

    def run(self, code):
        print(json.dumps(code), file=self.asked, flush=True)
        line = self.told.readline()
        if not line:
            raise RuntimeError(f"the shell ended; see {self.log}")
        answer, problem = json.loads(line)
        if problem:
            raise RuntimeError(problem)
        return answer

    def close(self):
        self.asked.close()
        self.told.close()
        self.process.wait(30)


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
        self._shell = None

    # --- life -------------------------------------------------------------------------------------
    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception):
        self.stop()
        if self._shell:
            self._shell.close()

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
        """Runs Python as in `odoo shell` on the database; what it assigns to `answer` is returned."""
        if not self._shell:
            self._shell = KeptShell(self.database)
        return self._shell.run(code)

    @property
    def password(self):
        """The password all sign-ins of the demo county share; where there is none, everybody gets one here."""
        if not hasattr(self, "_password"):
            told = self._ask("SELECT value FROM ir_config_parameter WHERE key = 'bphs_demo.password'")
            self._password = (
                told[0]
                if told
                else self.shell(
                    'answer = "live-server-test"\n'
                    'env["res.users"].search([("share", "=", False)]).password = answer\n'
                    "env.cr.commit()\n"
                )
            )
        return self._password

    @property
    def logins(self):
        """The sign-ins of all employees, the administrator's first."""
        return self.password and self._ask("SELECT login FROM res_users WHERE active AND NOT share ORDER BY id")

    def _ask(self, query):
        """The first column of what the database holds."""
        with closing(psycopg2.connect(dbname=self.database)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return [row[0] for row in cursor.fetchall()]

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
