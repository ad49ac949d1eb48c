"""Accounts, kiosks and tokens as administrators and reception see them."""

import re

import pytest
from flask import Flask

from shared import accounts, directory
from shared.accounts import NewToken
from tests.console.desk import Browser
from tests.shared.accounts.conftest import PASSWORD, Clock, signs_up, works_here

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def chief(pages: Flask) -> Browser:
    """An administrator at a browser."""
    signs_up("chief", "sysadmin", "admin_manager")
    return signed_in(pages, "chief")


@pytest.fixture
def clerk(pages: Flask) -> Browser:
    """A receptionist at a browser."""
    signs_up("clerk", "receptionist")
    return signed_in(pages, "clerk")


def signed_in(pages: Flask, login: str) -> Browser:
    browser = Browser(pages)
    assert browser.sends("/sign-in", login=login, password=PASSWORD).status_code == 303
    return browser


def named(name: str) -> accounts.Account:
    return next(one for one in accounts.accounts() if one.name == name)


def test_a_new_account_comes_with_a_link_shown_once(pages: Flask, chief: Browser) -> None:
    made = chief.sends("/console/accounts", of="/console/accounts/new", name="Zhou", roles=["receptionist", "finance"])
    link = re.search(r"/sign-in/link/([\w-]+)", made.text)
    assert link
    assert named("Zhou").roles == {"receptionist", "finance"}
    assert "/sign-in/link/" not in chief.opens(f"/console/accounts/{named('Zhou').token}").text
    assert Browser(pages).sends(link.group(), password="thimble-orbit-lantern-24").location == "/console"


def test_an_account_for_somebody_of_the_directory(pages: Flask, chief: Browser) -> None:
    person = works_here("李娜", "lina@example.com")
    directory.forget()
    page = chief.opens("/console/accounts/new?person=p-李娜")
    assert 'value="李娜"' in page.text
    chief.sends("/console/accounts", of="/console/accounts/new", name="李娜", person="李娜")
    made = named("李娜")
    assert (made.person_id, made.email, made.roles) == (person, "lina@example.com", {"employee"})
    for again in ({"name": "x", "person": "李娜"}, {"name": "y", "person": "nobody"}):
        assert chief.sends("/console/accounts", of="/console/accounts/new", **again).status_code in (409, 422)


def test_roles_are_changed_shut_and_opened(chief: Browser) -> None:
    made = signs_up("clerk", "receptionist")
    page = f"/console/accounts/{made.token}"
    form = {"name": "clerk", "row_version": str(made.row_version)}
    assert chief.sends(page, of=page, roles=["finance", "leader"], **form).status_code == 303
    assert named("clerk").roles == {"finance", "leader"}
    assert chief.sends(page, of=page, roles=["finance"], **form).status_code == 409
    assert chief.sends(f"{page}/closure", of=page).status_code == 303
    assert named("clerk").disabled_at
    assert chief.sends(f"{page}/opening", of=page).status_code == 303
    assert named("clerk").disabled_at is None


def test_nobody_gives_themselves_a_role_or_a_link(chief: Browser) -> None:
    signs_up("other", "sysadmin")
    mine = named("chief")
    page = f"/console/accounts/{mine.token}"
    form = {"name": "chief", "row_version": str(mine.row_version), "roles": ["sysadmin", "admin_manager", "finance"]}
    assert chief.sends(page, of=page, **form).status_code == 403
    assert chief.sends(f"{page}/closure", of=page).status_code == 403
    assert chief.sends(f"{page}/link", of=page).status_code == 403
    assert named("chief").roles == {"sysadmin", "admin_manager"}
    renamed = form | {"name": "Chief 2", "roles": ["sysadmin", "admin_manager"]}
    assert chief.sends(page, of=page, **renamed).status_code == 303


def test_reception_and_employees_see_no_accounts(pages: Flask, clerk: Browser) -> None:
    signs_up("host", person_id=works_here("host"))
    host = signed_in(pages, "host")
    token = named("clerk").token
    for path in ("/console/accounts", "/console/accounts/new", f"/console/accounts/{token}", "/console/tokens"):
        assert clerk.opens(path).status_code == 403
        assert host.opens(path).status_code == 403
        assert Browser(pages).opens(path).status_code == 302


def test_a_neighbour_that_does_not_exist_looks_like_nothing(chief: Browser) -> None:
    known = named("chief").token
    for guess in (known[:-1] + ("A" if known[-1] != "A" else "B"), "1", "x" * 22):
        assert chief.opens(f"/console/accounts/{guess}").status_code == 404
    for path in ("/console/devices/99/removal", "/console/tokens/99/removal"):
        assert chief.sends(path, of="/console/accounts").status_code == 404


def test_after_half_an_hour_the_password_is_asked_for_once_more(chief: Browser, desk: Clock) -> None:
    made = signs_up("clerk", "receptionist")
    page = f"/console/accounts/{made.token}"
    desk.moves(minutes=31)
    assert chief.opens("/console/accounts").location == "/sign-in/confirm?next=/console/accounts"
    sent = chief.sends(f"{page}/closure", of="/account")
    assert sent.location == "/sign-in/confirm?next=/console/accounts"
    assert named("clerk").disabled_at is None
    confirm = "/sign-in/confirm?next=/console/accounts"
    assert chief.sends(confirm, of=confirm, password="wrong").status_code == 422
    assert chief.sends(confirm, of=confirm, password=PASSWORD).location == "/console/accounts"
    assert chief.sends(f"{page}/closure", of=page).status_code == 303
    assert named("clerk").disabled_at


def test_reception_pairs_a_kiosk_by_its_code(pages: Flask, clerk: Browser) -> None:
    tablet = Browser(pages)
    asked = tablet.sends("/kiosk/pairing").json
    assert tablet.sends(f"/kiosk/pairing/{asked['poll']}").json == {"paired": False}
    assert f'value="{asked["code"]}"' in clerk.opens(f"/console/devices?code={asked['code'].lower()}").text
    assert clerk.sends("/console/devices", of="/console/devices", code="ZZZZZZ", name="Lobby").status_code == 404
    assert clerk.sends("/console/devices", of="/console/devices", code=asked["code"], name="Lobby").status_code == 303
    assert tablet.sends(f"/kiosk/pairing/{asked['poll']}").json == {"paired": True}
    held = tablet.cookie("foyer-kiosk") or ""
    assert accounts.by_device(held)
    assert "Lobby" in clerk.opens("/console/devices").text


def test_codes_are_not_guessed(clerk: Browser) -> None:
    tried = [
        clerk.sends("/console/devices", of="/console/devices", code=f"AAAA{n:02}", name="x").status_code
        for n in range(11)
    ]
    assert tried == [404] * 10 + [429]


def test_a_kiosk_is_taken_out_of_service_by_an_administrator(clerk: Browser, chief: Browser) -> None:
    device, secret = accounts.add_device("Lobby")
    assert clerk.sends(f"/console/devices/{device.id}/removal", of="/console/devices").status_code == 403
    assert accounts.by_device(secret)
    assert chief.sends(f"/console/devices/{device.id}/removal", of="/console/devices").status_code == 303
    assert accounts.by_device(secret) is None
    assert "Out of service" in chief.opens("/console/devices").text


def test_a_token_is_shown_once_and_taken_back(chief: Browser) -> None:
    made = chief.sends("/console/tokens", of="/console/tokens", name="till", scope="reception")
    secret = re.search(r"foyer_[\w-]+", made.text)
    assert secret
    who = accounts.by_bearer(secret.group())
    assert who is not None
    assert secret.group() not in chief.opens("/console/tokens").text
    assert chief.sends(f"/console/tokens/{who.id}/removal", of="/console/tokens").status_code == 303
    assert accounts.by_bearer(secret.group()) is None


def test_a_token_for_a_page_names_whose_it_is(chief: Browser) -> None:
    signs_up("wang", person_id=works_here("wang"))
    asked = {"of": "/console/tokens", "name": "watch", "scope": "me"}
    refused = chief.sends("/console/tokens", **asked)
    assert refused.status_code == 422
    assert "Name the account whose page it reads." in refused.text
    made = chief.sends("/console/tokens", account="Wang", **asked)
    secret = re.search(r"foyer_[\w-]+", made.text)
    assert secret
    who = accounts.by_bearer(secret.group())
    assert who is not None and who.person_id and who.roles == {"employee"}


def test_names_are_shown_as_text(chief: Browser) -> None:
    payload = "<img src=x onerror=alert(1)>"
    accounts.add_device(payload[:40])
    accounts.create_token(NewToken(name=payload, scope="admin"))
    made = signs_up(payload, "leader")
    pages = ("/console/accounts", f"/console/accounts/{made.token}", "/console/devices", "/console/tokens")
    for path in pages:
        text = chief.opens(path).text
        assert "&lt;img" in text
        assert "<img src=x" not in text
