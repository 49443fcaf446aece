"""Guessing passwords: what is counted is what a request does, for all workers, by account and by address."""

import http.cookiejar
import itertools
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.live_server import CallError

ADDRESSES = (f"10.77.{high}.{low}" for high, low in itertools.product(range(250), range(1, 250)))
# As Odoo ships it: base.login_cooldown_after.
MOST = 10
# Whoever has not said their language yet is told in English.
TOO_MANY = re.compile("密码输错次数太多|Too many wrong passwords")


class Stranger:
    """A browser that has not signed in, at an address of its own: nginx tells which."""

    def __init__(self, server, address=None):
        self.server = server
        self.address = address or next(ADDRESSES)
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.web = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def ask(self, path, data=None, **headers):
        """:return: (status, text)"""
        request = urllib.request.Request(
            self.server.base_url + path,
            data=data,
            headers={
                "X-Forwarded-For": self.address, "X-Forwarded-Host": f"127.0.0.1:{self.server.port}",
                "Accept-Language": "zh-CN,zh", **headers,
            },
        )  # fmt: skip
        try:
            with self.web.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def post(self, path, values, **headers):
        return self.ask(path, json.dumps(values).encode(), **{"Content-Type": "application/json"}, **headers)

    def page(self, login, password, path="/web/login"):
        """Sign in by the page: `in`, `wrong` or `wait`."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("/web/login")[1])
        # Who is in already is sent on by the page.
        values = {"login": login, "password": password, "csrf_token": token.group(1)}
        return self.outcome(self.ask(path, urllib.parse.urlencode(values).encode())[1])

    def session(self, login, password, path="/web/session/authenticate"):
        """Sign in by the call of the client: `in`, `wrong` or `wait`."""
        params = {"db": self.server.database, "login": login, "password": password}
        return self.outcome(self.post(path, {"jsonrpc": "2.0", "params": params})[1])

    @staticmethod
    def outcome(text):
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
        if TOO_MANY.search(text):
            return "wait"
        return "in" if '"uid":' in text and '"uid": null' not in text else "wrong"


@pytest.fixture
def accounts(server, rows):
    """Two people who can sign in; nothing counts against them before and after."""
    assert server.password

    def forget():
        rows("WITH gone AS (DELETE FROM bphs_wrong_password RETURNING 1) SELECT count(*) FROM gone")

    forget()
    yield server.logins[2], server.logins[3]
    forget()


def wait_a_minute(rows):
    rows("WITH old AS (UPDATE bphs_wrong_password SET moment = moment - interval '61 seconds' RETURNING 1)"
         " SELECT count(*) FROM old")  # fmt: skip


def test_every_way_of_signing_in_counts_on_one_account(server, accounts, rows):
    account, _other = accounts
    ways = [
        ("page", "/web/login"), ("page", "/web/login/"), ("session", "/web/session/authenticate"),
        ("session", "/web/session/authenticate/"), ("page", "/web/login?redirect=x"),
    ]  # fmt: skip
    for way, path in ways * (MOST // len(ways)):
        assert getattr(Stranger(server), way)(account, "wrong", path) == "wrong", path
    for way, path in ways:
        assert getattr(Stranger(server), way)(account, server.password, path) == "wait", path
    wait_a_minute(rows)
    assert Stranger(server).page(account, server.password) == "in"
    assert Stranger(server).page(account, "wrong") == "wrong", "the right one has forgiven the wrong ones"


def test_a_colleagues_success_forgives_nobody_else(server, accounts):
    account, other = accounts
    stranger = Stranger(server)
    for _turn in range(MOST):
        assert stranger.session(account, "wrong") == "wrong"
        assert Stranger(server, stranger.address).session(other, server.password) == "in"
    assert stranger.session(account, server.password) == "wait"
    assert Stranger(server, stranger.address).session(other, server.password) == "in"


def test_many_accounts_from_one_address_are_too_many_together(server, accounts, rows):
    account, _other = accounts
    stranger = Stranger(server)
    for number in range(60):
        assert stranger.session(f"nobody{number}", "wrong") == "wrong"
    assert stranger.session(account, server.password) == "wait"
    assert Stranger(server).session(account, server.password) == "in", "another address goes on"
    assert rows("SELECT count(*) FROM bphs_wrong_password WHERE login IS NOT NULL") == [(0,)], (
        "what was typed is not kept"
    )


def test_an_account_that_is_none_tires_as_one_that_is(server, accounts):
    for _turn in range(MOST):
        assert Stranger(server).session("no such account", "wrong") == "wrong"
    assert Stranger(server).session("No such account", "wrong") == "wait"


def test_a_stolen_session_does_not_guess_the_password(server, accounts):
    account, _other = accounts
    stranger = Stranger(server)
    assert stranger.session(account, server.password) == "in"

    def change(password):
        params = {"model": "res.users", "method": "change_password", "args": [password, "Another-one-77"], "kwargs": {}}
        return stranger.outcome(stranger.post("/web/dataset/call_kw", {"params": params})[1])

    assert [change("wrong") for _turn in range(MOST)] == ["wrong"] * MOST
    assert change(server.password) == "wait"


def test_a_key_does_not_guess_the_password_of_its_owner(server, accounts):
    account, _other = accounts
    server.key(account)
    for _turn in range(MOST):
        with pytest.raises(CallError):
            server.call(account, "res.users", "change_password", old_passwd="wrong", new_passwd="Another-one-77")
    with pytest.raises(CallError, match=TOO_MANY.pattern):
        server.call(account, "res.users", "change_password", old_passwd=server.password, new_passwd="Another-one-77")


def test_keys_are_guessed_no_faster(server, accounts):
    account, _other = accounts
    stranger = Stranger(server)

    def key(text):
        return stranger.post("/json/2/res.users/search_count", {"domain": []}, Authorization=f"Bearer {text}")[0]

    assert [key(f"{number:040x}") for number in range(60)] == [401] * 60
    assert key(server.key(account)) == 403
    assert stranger.session(account, server.password) == "in", "keys shut out no person"


@pytest.mark.parametrize("path", ["/jsonrpc", "/jsonrpc/", "/xmlrpc/common", "/xmlrpc/2/common", "/xmlrpc/2/object"])
@pytest.mark.parametrize("elsewhere", [{}, {"X-Odoo-Database": "no_such_database"}])
def test_the_old_entries_for_programs_are_closed(server, accounts, path, elsewhere):
    account, _other = accounts
    call = {"service": "common", "method": "authenticate", "args": [server.database, account, server.password, {}]}
    text = (
        "<?xml version='1.0'?><methodCall><methodName>authenticate</methodName><params>"
        + "".join(f"<param><value><string>{word}</string></value></param>" for word in call["args"][:3])
        + "<param><value><struct/></value></param></params></methodCall>"
    )
    if "json" in path:
        status, told = Stranger(server).post(path, {"jsonrpc": "2.0", "params": call}, **elsewhere)
    else:
        status, told = Stranger(server).ask(path, text.encode(), **{"Content-Type": "text/xml"}, **elsewhere)
    assert status == 404 or '"code": 404' in told, told[:300]
    assert not re.search(r"<int>\d+</int>|\"result\": \d", told)


def test_a_page_without_address_of_its_own_is_told_in_words(server, accounts):
    """The words stand on the page, so that whoever waits knows why."""
    account, _other = accounts
    for _turn in range(MOST):
        Stranger(server).page(account, "wrong")
    assert Stranger(server).page(account, "wrong") == "wait"
