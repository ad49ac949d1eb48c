"""A browser for tests: keeps cookies, sends forms the way our own pages do."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app as product
from shared.lib.web import security
from tests.shared.accounts.conftest import PASSWORD


def make_app() -> Flask:
    """The product without a server."""
    made = product.create_app()
    made.config["TESTING"] = True
    return made


class Browser:
    """Somebody at a browser. `address` is the machine it stands on."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.client: FlaskClient = app.test_client()
        self.address = address
        self.page: TestResponse | None = None

    def opens(self, path: str, **headers: str) -> TestResponse:
        """Looks at a page."""
        self.page = self.client.get(path, headers=self._headers(headers), environ_base=self._from())
        return self.page

    def sends(self, path: str, *, of: str = "", headers: dict[str, str] | None = None, **form: Any) -> TestResponse:
        """Sends the form of the page `of`, with the token that stands on it."""
        token = self.token(of) if of else ""
        data = {name.replace("roles", "roles[]"): value for name, value in form.items()} | {"csrf": token}
        given = {"Origin": security.own_origins()[0], **(headers or {})}
        return self.client.post(path, data=data, headers=self._headers(given), environ_base=self._from())

    def token(self, path: str) -> str:
        """The token on a page."""
        found = re.search(r'name="csrf" content="([^"]*)"', self.opens(path).text)
        return found.group(1) if found else ""

    def cookie(self, name: str = "foyer") -> str | None:
        """A cookie this browser holds."""
        held = self.client.get_cookie(name)
        return held.value if held else None

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Accept": "text/html", "Accept-Language": "en"} | {n.replace("_", "-"): v for n, v in more.items()}

    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}


def signed_in(pages: Flask, login: str, password: str = PASSWORD) -> Browser:
    browser = Browser(pages)
    answer = browser.sends("/sign-in", login=login, password=password)
    assert answer.status_code == 303, answer.text
    return browser
