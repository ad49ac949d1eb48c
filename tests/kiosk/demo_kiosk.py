"""A tablet in front of the demo company, whose every answer is kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

import app as product
from cli.demo import loading
from shared import accounts, directory
from shared.directory import PersonChange, PersonView
from shared.lib import clock, limits
from shared.lib.actor import Actor
from shared.lib.config import settings
from shared.lib.web import routes, security
from tests.cli.demo_desk import NOW, desk

HUMAN = {"Accept": "text/html", "Accept-Language": "zh-CN"}


class Tablet:
    """Asks as the kiosk's own page does, and remembers every answer with the rule that gave it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        self.answers: list[tuple[str, str]] = []

    def gets(self, path: str, **headers: str) -> TestResponse:
        return self._kept(self.client.get(path, headers={**HUMAN, **headers}), path, "GET")

    def posts(self, path: str, body: Any = None) -> TestResponse:
        headers = {"Origin": security.own_origins()[0], "Accept-Language": "zh-CN"}
        return self._kept(self.client.post(path, json=body or {}, headers=headers), path, "POST")

    def _kept(self, answer: TestResponse, path: str, method: str) -> TestResponse:
        rule, _values = self.app.url_map.bind("desk").match(path.partition("?")[0], method, return_rule=True)
        self.answers.append((f"{method} {rule}", f"{answer.headers}{answer.text}"))
        return answer


@contextmanager
def opened(folder: Path, empty: Path) -> Iterator[Tablet]:
    """The demo company at half past ten; everybody's extension is one that occurs nowhere by accident."""
    with desk(folder, empty, DESK_RATE_LIMITS="relaxed"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.check_in.NEUTRAL_SECONDS", 0.0)
        patch.setattr(accounts.passwords, "hashed", lambda password: f"hash of {password}")
        loading.fill(settings(), NOW)
        clock.set_clock(lambda: NOW)
        for at, person in enumerate(directory.people()):
            directory.change_person(person.token, PersonChange(extension=f"{731_000 + at * 17}"), person.row_version)
        app = product.create_app()
        device = Actor("device", 1, roles=frozenset({"device"}))
        routes.identify_with(lambda asked, face: device, accounts.may)
        security.csrf_with(lambda who: "")
        try:
            yield Tablet(app)
        finally:
            routes.identify_with(product.identify, accounts.may)
            security.csrf_with(accounts.csrf_of)
            limits.forget()


def secrets_of(people: list[PersonView]) -> re.Pattern[str]:
    """Everything by which any of these people could be reached, in every form it is kept."""
    found: set[str] = set()
    for person in people:
        known = directory.contact(person.id)
        assert known.email and known.phone and known.phone_normal and known.extension
        found |= {known.email, known.email.partition("@")[0] + "%40", known.phone, known.phone_normal, known.extension}
        found.add(known.phone[-8:])
    return re.compile("|".join(sorted(map(re.escape, found), key=len, reverse=True)))


def visitors_rules(app: Flask) -> set[str]:
    """Every address that a tablet, or a visitor's own phone, may ask."""
    device = Actor("device", 1, roles=frozenset({"device"}))
    found = set()
    for rule in app.url_map.iter_rules():
        needs = getattr(app.view_functions[rule.endpoint], "needs", "")
        own = str(rule).startswith(("/kiosk", "/v/"))
        if needs and (own or (str(rule).startswith("/api") and accounts.may(device, needs))):
            found |= {f"{method} {rule}" for method in (rule.methods or set()) & {"GET", "POST"}}
    return found
