"""How colleagues are reached is on no page until reception asks for it; who looked at what stays in the journal."""

import re

import pytest
from flask import Flask

from shared import accounts, directory, journal
from tests.cast import Cast, checks_in
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECRETS = re.compile(r"15400001234|8021(?!\d)|wang@example\.com|00001234")


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


def looks() -> list[tuple[str, str, object]]:
    found = [event for event in journal.events(0, 1000) if event.action == "directory.contact_revealed"]
    return [(event.actor, event.subject, event.data["ways"]) for event in found]


def test_no_page_and_no_list_of_the_console_holds_it(reception: Reception, cast: Cast) -> None:
    assert SECRETS.search(str(directory.contact(cast.host.id)))
    done = checks_in(cast.host)
    for path in (
        "/console", "/console/board", "/console/directory", f"/console/directory/{cast.host.token}",
        f"/console/visits/{done.token}", "/console/visits", "/console/search?q=wang", "/console/journal",
    ):  # fmt: skip
        assert not SECRETS.search(reception.part(path).text), path
    for path in ("/console/people?q=wang", "/console/people?q=8021", "/api/v1/visits", "/api/v1/events"):
        assert not SECRETS.search(reception.reads(path).text), path
    manager = Reception(reception.client.application, "韩雪梅", ("admin_manager",))
    assert not SECRETS.search(manager.part(f"/console/directory/{cast.host.token}").text)


def test_a1_1c_a_click_shows_one_way_for_half_a_minute_and_is_written_down(reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host)
    button = f'data-reveal="/console/directory/{cast.host.token}/contact" data-values=\'{{"ways": ["extension"]}}\''
    assert button in reception.part(f"/console/visits/{done.token}").text
    assert button in reception.part(f"/console/directory/{cast.host.token}").text
    shown = reception.tells(f"/console/directory/{cast.host.token}/contact", ways=["extension"]).json
    assert shown == {"shown": [{"label": "Extension", "value": "8021"}], "seconds": 30}
    every = reception.tells(f"/console/directory/{cast.host.token}/contact").json
    assert [one["value"] for one in every["shown"]] == ["8021", "15400001234", "wang@example.com"]  # type: ignore[index]
    subject = f"person:{cast.host.token}"
    assert looks() == [
        (reception.actor.ref, subject, ["extension"]),
        (reception.actor.ref, subject, ["extension", "phone", "email"]),
    ]
    told = reception.opens("/console/journal?topic=directory").text
    assert "contact data was looked at: Extension" in told and not SECRETS.search(told)


def test_where_there_is_nothing_to_see_nothing_is_written_down(reception: Reception, cast: Cast) -> None:
    shown = reception.tells(f"/console/directory/{cast.leader.token}/contact").json
    assert shown["shown"] == [{"label": "Contact", "value": "nothing is known"}]  # type: ignore[index]
    assert looks() == []
    assert "data-reveal" not in reception.part(f"/console/directory/{cast.leader.token}").text


def test_only_reception_may_look_and_only_at_what_there_is(pages: Flask, cast: Cast, reception: Reception) -> None:
    address = f"/console/directory/{cast.host.token}/contact"
    for roles in (("admin_manager",), ("sysadmin",), ("privacy_officer",), ("employee",)):
        assert Reception(pages, roles[0], roles).tells(address).status_code == 403, roles
    for ways in ([], ["home"], ["phone"] * 4):
        assert reception.tells(address, ways=ways).status_code == 422
    assert looks() == []


def test_a_program_finds_people_without_it_and_asks_for_it_by_post(pages: Flask, cast: Cast) -> None:
    client = pages.test_client()
    secret = accounts.create_token(accounts.NewToken(name="desk", scope="reception"))[1]
    headers = {"Authorization": f"Bearer {secret}"}
    people = client.get("/api/v1/people?q=wangjianming", headers=headers)
    assert not SECRETS.search(people.text)
    assert set(people.json["people"][0]) == {"ref", "name", "spoken", "department", "protected", "presence"}  # type: ignore[index]
    ref = people.json["people"][0]["ref"]  # type: ignore[index]
    shown = client.post(f"/api/v1/people/{ref}/contact", headers=headers, json={"ways": ["phone"]})
    assert shown.json == {"phone": "15400001234"}
    assert client.get(f"/api/v1/people/{ref}/contact", headers=headers).status_code == 405
    assert looks() == [("token:1", f"person:{cast.host.token}", ["phone"])]
    kiosk = accounts.create_token(accounts.NewToken(name="kiosk", scope="kiosk"))[1]
    refused = client.post(f"/api/v1/people/{ref}/contact", headers={"Authorization": f"Bearer {kiosk}"}, json={})
    assert refused.status_code == 403
