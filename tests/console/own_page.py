"""A desk whose people look at their own page, and answer from it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared import accounts, alerts, visits
from shared.accounts.forms import NewAccount
from shared.accounts.signing_in import open_session
from shared.lib.web import security
from tests.cast import Cast, checks_in

PHONE = "13812340987"


@dataclass
class Browser:
    """Somebody who is signed in, or nobody."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})

    def post(self, path: str, **options: Any) -> TestResponse:
        headers = {"Origin": security.own_origins()[0], "Accept": "text/html", "Accept-Language": "en"}
        headers |= options.pop("headers", {})
        return self.client.post(path, headers={"X-CSRF-Token": self.csrf, **headers}, **options)


@dataclass
class Desk:
    app: Flask
    cast: Cast

    def signs_in(self, name: str, person_id: int | None) -> Browser:
        """A browser with a session of its own."""
        made = accounts.add_account(NewAccount(name=name, login=name.lower(), person_id=person_id, language="en"))
        client = self.app.test_client()
        client.set_cookie("foyer", open_session(made.id, None).cookie)
        page = client.get("/account").get_data(as_text=True)
        return Browser(client, page.partition('name="csrf" content="')[2].partition('"')[0])

    def stranger(self) -> Browser:
        return Browser(self.app.test_client())

    def host(self) -> Browser:
        return self.signs_in("Wang", self.cast.host.id)


def asked(desk: Desk, **changes: Any) -> tuple[visits.CheckedIn, alerts.AlertView]:
    done = checks_in(desk.cast.host, **changes)
    return done, alerts.open_for(desk.cast.host.id)[-1]
