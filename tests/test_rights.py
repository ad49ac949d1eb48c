"""One map of rights, and every route held to it for every role."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

import app as product
from shared import accounts, notice
from shared.lib.actor import NOBODY, Actor
from shared.lib.web import routes, security
from tests.cast import people

OPEN = {"static", "healthz", "readyz"}
ACTORS = [
    NOBODY,
    Actor("device", 1, roles=frozenset({"device"})),
    Actor("token", 1, roles=accounts.SCOPES["kiosk"]),
    Actor("token", 1, roles=accounts.SCOPES["reception"]),
    Actor("token", 1, roles=accounts.SCOPES["admin"]),
    *(Actor("account", 1, "x", frozenset({role, "employee"}), person_id=1, session_id=1) for role in accounts.ROLES),
]


@pytest.fixture
def desk(database: str) -> Iterator[Flask]:
    notice.publish()
    people()
    app = product.create_app()
    app.config["TESTING"] = True
    security.csrf_with(lambda who: "")
    yield app
    security.csrf_with(accounts.csrf_of)
    routes.identify_with(product.identify, accounts.may)


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]


def needed(app: Flask, rule: Rule) -> str | None:
    return getattr(app.view_functions[rule.endpoint], "needs", None)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_route_names_a_right_that_is_written_down(desk: Flask) -> None:
    for rule in rules(desk):
        assert needed(desk, rule) in accounts.RIGHTS, rule


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_right_is_needed_somewhere(desk: Flask) -> None:
    used = {needed(desk, rule) for rule in rules(desk)}
    assert set(accounts.RIGHTS) - used <= {"account", "alerts.answer", "volumes.correct"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_route_lets_in_those_who_hold_the_right_and_nobody_else(desk: Flask) -> None:
    client = desk.test_client()
    for who in ACTORS:
        routes.identify_with(lambda asked, face, who=who: who, accounts.may)
        for rule in rules(desk):
            path = str(rule)
            for argument in rule.arguments:
                path = path.replace(next(part for part in path.split("/") if f"{argument}>" in part), "1")
            for method in sorted(rule.methods & {"GET", "POST"}):
                headers = {"Origin": security.own_origins()[0], "Accept": "application/json"}
                status = client.open(
                    path, method=method, headers=headers, json={} if method == "POST" else None
                ).status_code
                right = needed(desk, rule) or ""
                if accounts.may(who, right):
                    assert status != 401 or right == "public", (who.kind, sorted(who.roles), method, path, status)
                    assert status < 500, (method, path, status)
                else:
                    assert status in (401, 403, 423), (who.kind, sorted(who.roles), method, path, status)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_kiosk_reaches_its_own_routes_and_no_others(desk: Flask) -> None:
    mine = {
        str(rule)
        for rule in rules(desk)
        if accounts.may(ACTORS[1], needed(desk, rule) or "") and needed(desk, rule) != "public"
    }
    assert mine == {
        "/kiosk/people", "/api/v1/people", "/kiosk/visits", "/api/v1/visits", "/kiosk/departures", "/api/v1/departures",
        "/kiosk/invitations", "/kiosk/help",
    }  # fmt: skip
