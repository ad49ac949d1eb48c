"""The watch-list at the console: reception decides, the visitor reads what everybody reads, every look is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from shared import accounts, alerts, journal, presence, visits, watch_list
from shared.alerts import screen
from shared.lib import text
from shared.lib.actor import acting_as
from shared.watch_list import WatchForm
from tests.cast import KIOSK, Cast, form
from tests.console.reception import Reception
from tests.shared.alerts.conftest import Clock
from tests.shared.watch_list.conftest import PRIVACY

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SAID = {"name": "陈嘉豪", "company": "", "aliases": "", "reason": "闹过事", "instruction": "通知安保", "expires": ""}


@pytest.fixture
def house(pages: Flask, cast: Cast) -> Iterator[Cast]:
    for noun in (accounts, presence, visits, alerts):
        noun.join()
    yield cast


@pytest.fixture
def reception(pages: Flask, house: Cast) -> Reception:
    return Reception(pages)


@pytest.fixture
def officer(pages: Flask, house: Cast) -> Reception:
    return Reception(pages, "何律", ("privacy_officer",))


def listed(**more: Any) -> watch_list.EntryView:
    with acting_as(PRIVACY):
        return watch_list.add(WatchForm.model_validate({**SAID, "aliases": [], "expires": None} | more))


def comes(cast: Cast, name: str = "陈嘉豪") -> visits.CheckedIn:
    with acting_as(KIOSK):
        return visits.check_in(form(cast.host, visitor_name=name), source="kiosk")


def card(reception: Reception, token: str) -> str:
    return reception.board().partition(f'id="v-{token}"')[2].partition("</article>")[0]


def test_the_card_and_the_sheet_say_that_reception_decides_and_what_to_do(reception: Reception, house: Cast) -> None:
    listed()
    done, other = comes(house), comes(house, "赵敏")
    shown = card(reception, done.token)
    assert '<span class="chip ink">Reception decides</span>' in shown and ">Decide<" in shown
    assert "Let in" not in shown and "Reception decides" not in card(reception, other.token)
    sheet = reception.part(f"/console/visits/{done.token}").text
    assert all(words in sheet for words in ("Is it the person on the watch-list?", "通知安保", "It is not them"))
    assert "闹过事" not in sheet and "Confirm entry</button>" not in sheet
    row = reception.part("/console/due").text.partition('data-key="T01"')[2].partition("</li>")[0]
    assert "Reception decides" in row


def test_it_is_not_them_in_one_tap_with_a_way_back(reception: Reception, house: Cast) -> None:
    listed()
    done = comes(house)
    [match] = watch_list.of_visit(done.id)
    assert reception.tells(f"/console/visits/{done.token}/entry").status_code == 409
    said = reception.tells(f"/console/matches/{match.token}/decision", is_them=False).json
    assert said["say"] == "Noted: it is somebody else. Everything goes on."
    assert "Let in" in card(reception, done.token)
    assert reception.tells("/console/undo", seq=said["undo"]).json["say"] == "Undone."
    assert "Reception decides" in card(reception, done.token)
    assert reception.tells(f"/console/matches/{match.token}/decision", is_them=True).status_code == 200
    assert "On the watch-list" in card(reception, done.token)
    assert reception.tells(f"/console/matches/{match.token}/admission", reason="").status_code == 422
    assert reception.tells(f"/console/matches/{match.token}/admission", reason="经理同意").status_code == 200
    assert reception.tells(f"/console/visits/{done.token}/entry").status_code == 200
    sheet = reception.part(f"/console/visits/{done.token}").text
    assert "林晓彤: it is them" in sheet and "经理同意" not in sheet


def test_the_reason_is_shown_for_half_a_minute_and_the_look_is_kept(reception: Reception, house: Cast) -> None:
    listed()
    done = comes(house)
    [match] = watch_list.of_visit(done.id)
    shown = reception.tells(f"/console/matches/{match.token}/reason").json
    assert (shown["shown"], shown["seconds"]) == ([{"label": "Reason", "value": "闹过事"}], 30)
    last = journal.newest(1)[0]
    assert (last.action, last.actor, last.subject) == (
        "watch_list.looked", reception.actor.ref, f"visit:{done.token}"
    )  # fmt: skip
    assert "looked at the watch-list" in reception.part(f"/console/visits/{done.token}").text


@pytest.mark.parametrize("page_open", [False, True])
@pytest.mark.parametrize("away", [False, True])
def test_a_visitor_reads_the_same_to_the_byte_with_and_without_a_match(
    pages: Flask, house: Cast, time: Clock, page_open: bool, away: bool
) -> None:
    listed()
    screen.pages_with(lambda person_id: page_open)
    if away:
        presence.set_to(house.host.id, presence.PresenceForm(state="out"), source="self")
    device = accounts.add_device("East door")[1]
    kiosk = pages.test_client()
    told = []
    for name in ("陈嘉豪", "陈嘉濠"):
        body = form(house.host, visitor_name=name).model_dump(mode="json", exclude_none=True)
        bearer = {"Authorization": f"Bearer {device}"}
        answer = kiosk.post("/api/v1/visits", json=body, headers=bearer)
        assert answer.status_code == 201, answer.text
        known = answer.json
        screen.work()
        later = (f"/kiosk/visits/{known['pass']}/answer", f"/v/{known['pass']}")
        reads = [answer.text, *(kiosk.get(path).text for path in later)]
        for part in ("token", "reg_no", "pass", "short_code"):
            reads = [one.replace(str(known[part]), part) for one in reads]
        number = known["badge"]["number"]
        told.append([one.replace(number, "badge").replace(name, "name") for one in reads])
    assert bool(watch_list.holding()), "the first of them is held"
    assert told[0] == told[1]
    assert ("told" in told[0][1]) == page_open


def test_the_host_sees_nobody_before_the_decision(pages: Flask, house: Cast) -> None:
    from tests.console.own_page import Desk

    listed()
    host = Desk(pages, house).host()
    done = comes(house)
    assert "陈嘉豪" not in host.get("/me").get_data(as_text=True)
    [match] = watch_list.of_visit(done.id)
    watch_list.decide(match.token, is_them=False)
    assert "陈嘉豪" in host.get("/me").get_data(as_text=True)


def test_whoever_is_called_reads_it_on_their_page_and_no_name_behind_the_link(pages: Flask, house: Cast) -> None:
    from tests.console.own_page import Desk

    listed(told=[house.other.token])
    desk = Desk(pages, house)
    browser = desk.signs_in("Yuchi", house.other.id)
    done = comes(house)
    page = browser.get("/me").get_data(as_text=True)
    assert all(words in page for words in ("The front desk needs you", "陈嘉豪", "May be on the watch-list. 通知安保"))
    assert "闹过事" not in page
    [alert] = alerts.watch_calls(house.other.id)
    link = desk.stranger().get(f"/a/{alerts.sign(alert.token, house.other.id)}").get_data(as_text=True)
    assert "A visitor" in link and "陈" not in link and "安保" not in link
    assert browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"}).status_code == 303
    sheet = Reception(pages).part(f"/console/visits/{done.token}").text
    assert "Yuchi Ming is on the way" in sheet
    watch_list.decide(watch_list.of_visit(done.id)[0].token, is_them=False)
    assert "done. Nobody is needed any more." in browser.get("/me").get_data(as_text=True)


def test_the_list_is_kept_by_few_and_every_look_is_written_down(officer: Reception, reception: Reception) -> None:
    assert reception.opens("/console/watch-list").status_code == 403
    assert "Nobody is on the list" in officer.opens("/console/watch-list").text
    assert officer.sends("/console/watch-list", of="/account", **SAID | {"expires": "2030-01-01"}).status_code == 422
    assert officer.sends("/console/watch-list", of="/account", **SAID | {"aliases": "阿豪\nHao"}).status_code == 303
    [entry] = watch_list.entries()
    assert (entry.aliases, entry.added_by) == (("阿豪", "Hao"), officer.actor.ref)
    assert "阿豪" in officer.opens("/console/watch-list").text
    page = officer.opens(f"/console/watch-list/{entry.token}").text
    assert "闹过事" in page and "Put on the list by 何律" in page
    changed = SAID | {"reason": "借东西不还", "row_version": str(entry.row_version)}
    assert officer.sends(f"/console/watch-list/{entry.token}", of="/account", **changed).status_code == 303
    assert officer.sends(f"/console/watch-list/{entry.token}", of="/account", **changed).status_code == 409
    assert officer.sends(f"/console/watch-list/{entry.token}/ending", of="/account").status_code == 303
    assert watch_list.entries() == []
    assert officer.sends(f"/console/watch-list/{entry.token}/ending/removal", of="/account").status_code == 303
    assert [one.reason for one in watch_list.entries()] == ["借东西不还"]
    looks = [one.subject for one in journal.events(0, 500) if one.action == "watch_list.looked"]
    assert looks == ["watch_list", "watch_list", entry.subject]
    words = officer.opens("/console/journal?topic=watch_list").text
    assert "put somebody on the watch-list" in words and "陈嘉豪" not in words


def test_a_form_that_is_sent_twice_puts_one_on_the_list(officer: Reception) -> None:
    def key() -> str:
        return officer.opens("/console/watch-list").text.partition('name="once" value="')[2].partition('"')[0]

    page = SAID | {"once": key()}
    assert [officer.sends("/console/watch-list", of="/account", **page).status_code for _twice in range(2)] == [303] * 2
    assert len(watch_list.entries()) == 1
    assert officer.sends("/console/watch-list", of="/account", **SAID | {"once": key()}).status_code == 303
    assert len(watch_list.entries()) == 2


def test_no_word_of_the_list_lies_open_in_the_database(house: Cast) -> None:
    listed(aliases=["阿豪"], company="深蓝物联")
    from shared.lib.config import settings

    lying = b"".join(path.read_bytes() for path in settings().data.glob("desk.db*"))
    assert not any(word.encode() in lying for word in ("陈嘉豪", "阿豪", "深蓝物联", "闹过事", "通知安保"))
    assert text.fold("陈嘉豪").encode() not in lying
