"""The door: hard to force, the same for everybody, and it gives every browser a session of its own."""

from types import SimpleNamespace
from urllib.parse import quote

import pytest
from flask import Flask

from shared import accounts, journal
from shared.lib.config import settings
from tests.console.desk import Browser, signed_in
from tests.shared.accounts.conftest import PASSWORD, is_there, signs_up, works_here

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OTHER = "thimble-orbit-lantern-24"


def test_the_desk_sends_strangers_to_the_door_and_back(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    away = browser.opens("/console/visits?q=x")
    assert (away.status_code, away.location) == (302, "/sign-in?next=/console/visits%3Fq%3Dx")
    assert 'value="/console/visits?q=x"' in browser.opens(away.location).text
    back = browser.sends("/sign-in", login="clerk", password=PASSWORD, next="/console/visits?q=x")
    assert (back.status_code, back.location) == (303, "/console/visits?q=x")
    assert browser.opens("/console/visits").status_code == 200


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\tx",
        "//[x",
        "http://[",
        "",
    ],
)
def test_the_way_back_never_leads_outside(pages: Flask, outside: str) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    assert browser.opens(f"/sign-in?next={quote(outside, safe='')}").status_code == 200
    answer = browser.sends("/sign-in", login="clerk", password=PASSWORD, next=outside)
    assert answer.location == "/console"
    assert browser.sends("/language", of="/account", language="en", next=outside).location == "/"


def test_everybody_begins_where_they_work(pages: Flask) -> None:
    works = {"clerk": ["receptionist"], "admin": ["sysadmin"], "till": ["finance"]}
    for name, roles in works.items():
        signs_up(name, *roles)
    signs_up("host", person_id=works_here("host"))
    begins = {
        name: Browser(pages).sends("/sign-in", login=name, password=PASSWORD).location for name in [*works, "host"]
    }
    assert begins == {"clerk": "/console", "admin": "/console/accounts", "till": "/account", "host": "/me"}


def test_two_hundred_wrong_tries_behind_forged_addresses(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    tried = [
        browser.sends(
            "/sign-in", login="clerk", password=f"wrong-{n}", headers={"X-Forwarded-For": f"198.51.100.{n}"}
        ).status_code
        for n in range(200)
    ]
    assert tried == [401] * 5 + [429] * 195
    right = browser.sends("/sign-in", login="clerk", password=PASSWORD, headers={"X-Forwarded-For": "203.0.113.9"})
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) in range(1, 62)
    assert browser.cookie() is None


def test_twenty_wrong_tries_from_one_machine(pages: Flask) -> None:
    browser = Browser(pages, "198.51.100.7")
    tried = [browser.sends("/sign-in", login=f"guess{n}", password="wrong").status_code for n in range(21)]
    assert tried == [401] * 20 + [429]


def test_the_answer_does_not_tell_who_has_an_account(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    told = [
        Browser(pages).sends("/sign-in", login=login, password="wrong").text.replace(login, "…")
        for login in ("clerk", "stranger")
    ]
    assert told[0] == told[1]


def test_fifty_usual_pairs_open_nothing_on_a_fresh_desk(pages: Flask) -> None:
    names = ("admin", "root", "administrator", "reception", "demo")
    words = ("admin", "password", "123456", "12345678", "root", "demo", "foyer", "reception", "changeme", "welcome")
    for name in names:
        for number, word in enumerate(words):
            browser = Browser(pages, f"198.51.100.{number}")
            assert browser.sends("/sign-in", login=name, password=word).status_code in (401, 429)
            assert browser.cookie() is None


def test_a_planted_cookie_is_not_adopted_and_the_old_one_dies(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    browser.client.set_cookie("foyer", "planted-by-somebody-else")
    browser.sends("/sign-in", login="clerk", password=PASSWORD)
    first = browser.cookie() or ""
    assert first != "planted-by-somebody-else"
    browser.sends("/sign-in", of="/account", login="clerk", password=PASSWORD)
    second = browser.cookie() or ""
    assert second != first
    assert accounts.by_session(first) is None
    assert accounts.by_session(second)


def test_signing_out_ends_the_session_and_takes_the_cookie(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = signed_in(pages, "clerk")
    held = browser.cookie() or ""
    assert browser.sends("/sign-out", of="/account").location == "/sign-in"
    assert browser.cookie() is None
    assert accounts.by_session(held) is None


def test_a_session_is_worth_nothing_after_what_ends_it(pages: Flask) -> None:
    made = signs_up("clerk", "receptionist")
    signs_up("chief", "sysadmin")
    reasons = {
        "role": lambda: accounts.change_account(
            made.token,
            accounts.AccountChange(
                name="clerk", roles=frozenset({"receptionist", "finance"}), row_version=made.row_version
            ),
        ),
        "password": lambda: accounts.choose_password(made.token, PASSWORD),
        "shut": lambda: accounts.disable(made.token),
    }
    for reason, ends in reasons.items():
        browser = signed_in(pages, "clerk")
        assert browser.opens("/account").status_code == 200
        ends()
        assert browser.opens("/account").status_code == 302, reason


def test_the_cookie_is_for_this_host_and_not_for_scripts(pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_up("clerk", "receptionist")
    plain = Browser(pages).sends("/sign-in", login="clerk", password=PASSWORD).headers["Set-Cookie"]
    assert plain.startswith("foyer=")
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    monkeypatch.setenv("DESK_PUBLIC_URL", "https://desk.example")
    settings.cache_clear()
    safe = Browser(pages).sends("/sign-in", login="clerk", password=PASSWORD).headers["Set-Cookie"]
    assert safe.startswith("__Host-foyer=")
    assert "Secure" in safe
    assert "Path=/" in safe
    assert "Domain" not in safe


def test_forms_of_other_sites_and_without_the_token_change_nothing(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = signed_in(pages, "clerk")
    before = journal.last_seq()
    for origin in ("https://evil.example", "null", ""):
        assert browser.sends("/sign-out", of="/account", headers={"Origin": origin}).status_code == 403
    assert browser.sends("/sign-out").status_code == 403
    assert journal.last_seq() == before
    assert Browser(pages).sends(
        "/sign-in", login="clerk", password=PASSWORD, headers={"Origin": "https://evil.example"}
    ).status_code == 403  # fmt: skip


def test_programs_get_the_problem_and_the_answer_as_json(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    accept = {"Accept": "application/json"}
    refused = Browser(pages).sends("/sign-in", login="clerk", password="wrong", headers=accept)
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    opened = Browser(pages).sends("/sign-in", login="clerk", password=PASSWORD, headers=accept)
    assert opened.json == {"signed_in": True, "next": "/console"}


def test_an_empty_form_is_told_field_by_field(pages: Flask) -> None:
    answer = Browser(pages).sends("/sign-in", login="", password="")
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2


def test_what_was_typed_stays_but_never_the_password(pages: Flask) -> None:
    answer = Browser(pages).sends("/sign-in", login='<script>"x"', password="canary-password", remember="1")
    assert answer.status_code == 401
    assert "canary-password" not in answer.text
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_the_account_page_ends_ones_own_sessions_only(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    signs_up("other", "receptionist")
    here, there, stranger = signed_in(pages, "clerk"), signed_in(pages, "clerk"), signed_in(pages, "other")
    session = is_there(there.cookie() or "").session_id
    foreign = is_there(stranger.cookie() or "").session_id
    refused, missing = (here.sends(f"/account/sessions/{one}/end", of="/account") for one in (foreign, 999))
    assert (refused.status_code, refused.text) == (404, missing.text)
    assert here.sends(f"/account/sessions/{session}/end", of="/account").status_code == 303
    assert there.opens("/account").status_code == 302
    assert stranger.opens("/account").status_code == 200


def test_a_new_password_moves_this_browser_to_a_new_session(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser, elsewhere = signed_in(pages, "clerk"), signed_in(pages, "clerk")
    before = browser.cookie()
    assert browser.sends("/account/password", of="/account", present="wrong", password=OTHER).status_code == 422
    assert browser.sends("/account/password", of="/account", present=PASSWORD, password=OTHER).status_code == 303
    assert browser.cookie() != before
    assert browser.opens("/account").status_code == 200
    assert elsewhere.opens("/account").status_code == 302


def test_no_secret_reaches_the_log(pages: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    signs_up("clerk", "receptionist")
    Browser(pages).sends("/sign-in", login="clerk-canary", password="canary-password")
    signed_in(pages, "clerk")
    accounts.settle()
    assert "canary" not in caplog.text
    assert PASSWORD not in caplog.text


def test_relaxed_limits_are_for_load_tests(pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.lib.limits.settings", lambda: SimpleNamespace(rate_limits="relaxed"))
    tried = {Browser(pages).sends("/sign-in", login="clerk", password="wrong").status_code for _ in range(30)}
    assert tried == {401}
