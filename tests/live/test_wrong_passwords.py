"""Guessing a password: counted by account and address whatever the route, and forgiven by nobody else's success."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import psycopg2
import pytest

from tests.live_server import WEB, CallError

VICTIM, OTHER = "evaluator", "clerk"
ROUTES = ("/web/login", "/web/login/", "/web/session/authenticate", "/web/session/authenticate/")
LIMIT = 10


@pytest.fixture(autouse=True)
def forgotten(server):
    """Nobody has guessed before a test, and nobody waits after it."""

    def forget():
        connection = psycopg2.connect(dbname=server.database)
        with connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM bphs_wrong_password")
        connection.close()

    forget()
    yield
    forget()


def let_in(server, path, login, password):
    """Whether this signs in."""
    web = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))
    url = f"{server.base_url}{path}"
    if "authenticate" in path:
        params = {"db": server.database, "login": login, "password": password}
        request = urllib.request.Request(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with web.open(request, timeout=60) as answer:
            return bool((json.load(answer).get("result") or {}).get("uid"))
    with web.open(f"{server.base_url}/web/login", timeout=60) as page:
        (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', page.read().decode())
    form = urllib.parse.urlencode({"login": login, "password": password, "csrf_token": token}).encode()
    with web.open(url, data=form, timeout=60) as answer:
        return "/web/login" not in answer.url


def test_the_right_password_opens_every_way(server):
    for path in ROUTES:
        assert let_in(server, path, VICTIM, server.password), path


@pytest.mark.parametrize("login", [VICTIM, "nobody-of-this-name"])
def test_no_way_of_guessing_is_free(server, rows, login):
    for attempt in range(LIMIT):
        assert not let_in(server, ROUTES[attempt % len(ROUTES)], login, f"guess {attempt}")
        # With an account of one's own, one could make the server forget.
        assert let_in(server, "/web/session/authenticate", OTHER, server.password)
    ((counted,),) = rows("SELECT count(*) FROM bphs_wrong_password WHERE NOT forgiven")
    assert counted == LIMIT
    for path in ROUTES:
        assert not let_in(server, path, login, server.password), f"{path}: who guessed ten times waits"
    assert let_in(server, "/web/session/authenticate", OTHER, server.password), "nobody else waits"


def test_a_right_password_forgives_its_own(server, rows):
    for attempt in range(LIMIT - 1):
        assert not let_in(server, "/web/session/authenticate", VICTIM, f"guess {attempt}")
    assert let_in(server, "/web/login", VICTIM, server.password)
    assert rows("SELECT count(*) FROM bphs_wrong_password WHERE NOT forgiven") == [(0,)]


def test_wrong_keys_are_counted_by_address(server, rows):
    server._keys["wrong"] = "0" * 40
    right = server.logins[0]
    server.call(right, "res.users", "search_count", domain=[])
    answers = set()
    for _turn in range(61):
        with pytest.raises(CallError) as refusal:
            server.call("wrong", "res.users", "search_count", domain=[])
        answers.add(refusal.value.status)
    assert answers <= {401, 403}, answers
    with pytest.raises(CallError):
        server.call(right, "res.users", "search_count", domain=[])
    assert rows("SELECT count(*) FROM bphs_wrong_password WHERE kind = 'key'") == [(60,)]


@pytest.mark.parametrize("path", ["/jsonrpc", "/xmlrpc/common", "/xmlrpc/2/common", "/xmlrpc/2/object"])
def test_the_old_entries_for_programs_are_closed(server, path):
    for data in (b"{}", b"<?xml version='1.0'?><methodCall><methodName>version</methodName></methodCall>"):
        kind = "application/json" if data == b"{}" else "text/xml"
        request = urllib.request.Request(f"{server.base_url}{path}", data=data, headers={"Content-Type": kind})
        try:
            with WEB.open(request, timeout=60) as answer:
                told = json.loads(answer.read() or b"{}")
            assert told.get("error", {}).get("code") == 404, told
        except urllib.error.HTTPError as refused:
            assert refused.code in (404, 415), path
