"""A receptionist at the console: opens pages, asks for fragments, sends what our scripts send."""

import time
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from shared import accounts, journal
from shared.accounts.signing_in import open_session
from shared.directory import PersonView
from shared.lib.actor import Actor
from shared.lib.web import security
from tests.console.desk import Browser


class Reception(Browser):
    """Somebody with `roles` who is signed in. The page they look at is in `language`."""

    def __init__(
        self, app: Flask, name: str = "林晓彤", roles: tuple[str, ...] = ("receptionist",), language: str = "en",
        person: PersonView | None = None,
    ):  # fmt: skip
        super().__init__(app)
        given = {"name": name, "roles": roles, "language": language, "person_id": person.id if person else None}
        new = accounts.NewAccount.model_validate(given)
        made = accounts.add_account(new, password_hash="known")
        self.client.set_cookie("foyer", open_session(made.id, "known").cookie)
        self.client.set_cookie("lang", language)
        self.actor = Actor("account", made.id, name, frozenset(roles))
        self.csrf = self.token("/account")

    def part(self, path: str) -> TestResponse:
        """A fragment, as scripts fetch it."""
        return self.opens(path, X_Fragment="1")

    def board(self) -> str:
        """The lanes, fetched until they show the newest event, as scripts do."""
        for _try in range(20):
            answer = self.part("/console/board")
            if int(answer.headers["X-Seq"]) >= journal.last_seq():
                break
            time.sleep(0.05)
        return answer.text

    def tells(self, path: str, *, key: str = "", **values: Any) -> TestResponse:
        """A change, as scripts send it."""
        headers = {"Origin": security.own_origins()[0], "Accept": "application/json", "X-CSRF-Token": self.csrf}
        if key:
            headers["Idempotency-Key"] = key
        return self.client.post(path, json=values, headers=headers)

    def reads(self, path: str) -> TestResponse:
        """JSON."""
        return self.client.get(path, headers={"Accept": "application/json"})
