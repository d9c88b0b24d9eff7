"""Asking the real server for pages, as a browser that has logged in."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.statements import ASKED

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    """What came back, and how long it took from the first byte sent to the last one read."""

    status: int
    body: bytes
    headers: dict[str, str]
    seconds: float


class Browser:
    """One connection that stays open, with its cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def log_in(self, email: str, password: str) -> None:
        """Fill in the log-in form."""
        page = self.get("/login/").body.decode()
        found = TOKEN.search(page)
        fields = {"username": email, "password": password, "csrfmiddlewaretoken": found[1] if found else ""}
        if self._ask("POST", "/login/", urlencode(fields), {"Content-Type": FORM}).status != 302:
            raise RuntimeError(f"{email} could not log in.")

    def renew(self) -> None:
        """Begin a connection anew: the server closes one that was idle for long."""
        self.connection.close()

    def get(self, path: str, *, tells: bool = False) -> Answer:
        """Ask for a page; with `tells` its headers say what the database did."""
        return self._ask("GET", path, None, {ASKED: "1"} if tells else {})

    def post(self, path: str, fields: dict[str, object], *, page: str, tells: bool = False) -> Answer:
        """Send a form as htmx does from a page."""
        headers = {"Content-Type": FORM, "X-CSRFToken": self.cookies["csrftoken"]}
        headers |= {"HX-Request": "true", "HX-Current-URL": f"http://127.0.0.1:{self.port}{page}"}
        return self._ask("POST", path, urlencode(fields), {**headers, **({ASKED: "1"} if tells else {})})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = perf_counter() - began
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return Answer(response.status, content, dict(response.headers), seconds)
