"""Somebody signed in to the web server of a bench, who asks as the web client does."""

import json
import time
import urllib.request
from http.cookiejar import CookieJar


class Person:
    def __init__(self, server, login, password):
        self.base_url = server.base_url
        self.web = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self._post("/web/session/authenticate", {"db": server.database, "login": login, "password": password})

    def _post(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        request = urllib.request.Request(self.base_url + path, body, {"Content-Type": "application/json"})
        with self.web.open(request, timeout=60) as answer:
            told = json.load(answer)
        if "error" in told:
            raise RuntimeError(told["error"]["data"]["message"])
        return told["result"]

    def call(self, model, method, *args, **kwargs):
        kwargs["context"] = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def specification(self, model, view):
        """What the web client would read for a view of a model."""
        views = self.call(model, "get_views", [[False, view]])
        fields = views["models"][model]["fields"]
        arch = views["views"][view]["arch"]
        wanted = {name: fields[name] for name in fields if f'name="{name}"' in arch}
        relational = {"fields": {"display_name": {}}}
        return {name: relational if "2" in field["type"] else {} for name, field in wanted.items()}


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)]


def repeated(ask, times):
    """Seconds each of so many askings took; the first two fill what the process keeps for good."""
    spent = []
    for _opening in range(times + 2):
        started = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - started)
    return spent[2:]


def p95(times):
    """Milliseconds within which 95 of 100 were answered."""
    return round(1000 * sorted(times)[max(0, int(0.95 * len(times)) - 1)], 1)
