"""Talk to a running Odoo as its web client does."""

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from .shell import SetupError

PATIENCE = 120  # seconds for a server to come up
BUNDLE = re.compile(r'"(/web/assets/[^"]+\.(?:js|css))"')


class WebClient:
    """One browser session."""

    def __init__(self, url: str) -> None:
        """Start without being logged in."""
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # No proxy: the server is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def wait(self, is_running: Callable[[], bool]) -> None:
        """Return when the server answers; raise when it has ended or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not is_running():
                raise SetupError("Odoo ended while starting")
            try:
                self.get("/web/login")
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise SetupError(f"Odoo does not answer at {self.url}")

    def get(self, path: str) -> str:
        """Return a page."""
        with self._opener.open(self.url + path, timeout=PATIENCE) as answer:
            return answer.read().decode("utf-8", errors="replace")

    def rpc(self, path: str, params: dict) -> dict:
        """Call one of the web client's routes; an error of the server is raised."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body.encode(), headers)
        with self._opener.open(request, timeout=PATIENCE) as answer:
            reply = json.load(answer)
        if "error" in reply:
            data = reply["error"].get("data", {})
            raise SetupError(f"{path}: {data.get('message') or reply['error']['message']}")
        return reply["result"]

    def login(self, database: str, login: str, password: str) -> dict:
        """Log in and return the session's information."""
        params = {"db": database, "login": login, "password": password}
        return self.rpc("/web/session/authenticate", params)

    def search_read(self, model: str, specification: dict, **options) -> dict:
        """Read records as a list view does: {"length": all of them, "records": this page}."""
        call = {"model": model, "method": "web_search_read", "args": []}
        kwargs = {"specification": specification, "domain": [], **options}
        return self.rpc(f"/web/dataset/call_kw/{model}/web_search_read", call | {"kwargs": kwargs})

    def load_action(self, name: str) -> dict:
        """Return the action behind a screen's address; empty if there is none."""
        return self.rpc("/web/action/load", {"action_id": name}) or {}

    def load_assets(self, page: str) -> int:
        """Load the scripts and styles of a page and return how many there are."""
        bundles = set(BUNDLE.findall(self.get(page)))
        for bundle in bundles:
            self.get(bundle)
        return len(bundles)
