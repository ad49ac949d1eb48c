"""The quiet call at the console and on the pages of those who are called."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from shared import accounts, alerts, company, journal, quiet_calls
from shared.quiet_calls import QuietSettings
from tests.cast import Cast
from tests.console.own_page import Desk
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(pages: Flask, cast: Cast) -> Iterator[Cast]:
    accounts.join()
    alerts.join()
    quiet_calls.choose(QuietSettings(responders=[cast.host.token, cast.other.token]))
    yield cast


@pytest.fixture
def reception(pages: Flask, house: Cast) -> Reception:
    return Reception(pages)


def begins(reception: Reception) -> str:
    return str(reception.tells("/console/quiet-call", drill=False).json["call"])


def test_one_press_calls_and_the_console_says_quietly_who_has_seen_it_and_who_comes(
    pages: Flask, reception: Reception, house: Cast
) -> None:
    assert reception.reads("/console/quiet-call/state").json == {"call": None}
    call = begins(reception)
    assert begins(reception) == begins(Reception(pages, "周雨欣")) == call
    desk = Desk(pages, house)
    host = desk.host()
    page = host.get("/me").get_data(as_text=True)
    assert all(words in page for words in ("Come to the front desk at once.", "data-loud", 'data-count="1"'))
    [alert] = alerts.quiet_alerts(house.host.id)
    host.post("/me/receipts", json={"tokens": [alert.token], "seen": True})
    state = reception.reads("/console/quiet-call/state").json
    assert (state["call"], state["drill"], state["coming"]) == (call, False, 0)
    assert [(one["name"], one["words"]) for one in state["people"]] == [
        ("Wang Jianming", "10:26 seen"), ("Yuchi Ming", "not reached yet")
    ]  # fmt: skip
    host.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"})
    state = reception.reads("/console/quiet-call/state").json
    assert (state["coming"], state["people"][0]["words"]) == (1, "10:26 on the way")
    page = host.get("/me").get_data(as_text=True)
    assert "You are on the way" in page and "data-loud" not in page and "I have called the police" in page
    other = desk.signs_in("Yuchi", house.other.id).get("/me").get_data(as_text=True)
    assert "10:26 Wang Jianming on the way" in other


def test_nothing_on_any_page_of_the_console_tells_that_a_call_runs(reception: Reception) -> None:
    before = shown(reception)
    begins(reception)
    assert shown(reception) == before


def shown(reception: Reception) -> str:
    """The board's page, but for its place in the journal."""
    reception.board()
    return re.sub(r'data-seq="[0-9]+"', "", reception.opens("/console").text)


def test_it_ends_with_a_note_or_in_one_tap_as_a_false_alarm(pages: Flask, reception: Reception, house: Cast) -> None:
    host = Desk(pages, house).host()
    call = begins(reception)
    assert reception.tells(f"/console/quiet-call/{call}/ending", note="").status_code == 422
    assert reception.tells(f"/console/quiet-call/{call}/ending", false_alarm=True).status_code == 200
    assert reception.tells(f"/console/quiet-call/{call}/ending", note="x").status_code == 409
    page = host.get("/me").get_data(as_text=True)
    assert "The quiet call of 10:26 was a false alarm." in page and "data-loud" not in page
    again = begins(reception)
    assert reception.tells(f"/console/quiet-call/{again}/ending", note="er ist weg").status_code == 200
    assert "The quiet call of 10:26 is over." in host.get("/me").get_data(as_text=True)


def test_a_locked_console_calls_too_and_names_nobody_but_ends_nothing(reception: Reception, house: Cast) -> None:
    reception.tells("/console/lock")
    call = begins(reception)
    state = reception.reads("/console/quiet-call/state").json
    assert (state["call"], state["people"][0]["name"]) == (call, "W**")
    assert reception.tells(f"/console/quiet-call/{call}/ending", false_alarm=True).status_code == 423


def test_a_link_takes_both_answers_without_a_sign_in_until_it_is_over(
    pages: Flask, reception: Reception, house: Cast
) -> None:
    stranger = Desk(pages, house).stranger()
    call = begins(reception)
    [alert] = alerts.quiet_alerts(house.host.id)
    link = f"/a/{alerts.sign(alert.token, house.host.id)}"
    assert "I have called the police" in stranger.get(f"{link}?answer=police").get_data(as_text=True)
    assert quiet_calls.one(call).answers == (), "looking says nothing"
    assert stranger.post(link, data={"answer": "cannot"}).status_code == 422
    for says in ("police", "coming"):
        assert stranger.post(link, data={"answer": says}).status_code == 200
    assert [one.says for one in quiet_calls.one(call).answers] == ["police", "coming"]
    reception.tells(f"/console/quiet-call/{call}/ending", false_alarm=True)
    late = stranger.get(link)
    assert late.status_code == 410 and "was a false alarm" in late.get_data(as_text=True)


def test_settings_say_when_nobody_would_be_told_and_keep_the_order(pages: Flask, house: Cast) -> None:
    manager = Reception(pages, "韩雪梅", ("admin_manager",))
    path = "/console/quiet-call/settings"
    assert "would reach nobody" not in manager.opens("/console/settings").text
    said = {"text": "到前台来", "place": "一楼东门"}
    assert manager.sends(path, of="/account", **said).status_code == 303
    assert "Nobody would be told" in manager.opens(path).text
    assert "would reach nobody" in manager.opens("/console/settings").text
    both = [house.other.token, house.host.token]
    assert manager.sends(path, of="/account", **said | {"responders[]": both}).status_code == 303
    assert [one.token for one in quiet_calls.responders()] == both
    assert company.facts().quiet_place == "一楼东门"
    assert manager.sends(f"{path}/drill", of="/account").status_code == 303
    running = quiet_calls.running()
    assert running is not None and running.drill
    page = Desk(pages, house).host().get("/me").get_data(as_text=True)
    assert "Drill: quiet call" in page and "到前台来" in page and "一楼东门" in page
    assert "End the drill" in manager.opens(path).text
    assert manager.sends(f"{path}/drill/{running.token}/ending", of="/account").status_code == 303
    assert quiet_calls.running() is None
    assert Reception(pages, "周雨欣").opens(path).status_code == 403


def test_a_button_under_the_desk_calls_over_the_api(reception: Reception, house: Cast) -> None:
    made = reception.tells("/api/v1/quiet-calls", key="press-1")
    assert made.status_code == 201 and reception.tells("/api/v1/quiet-calls").status_code == 200
    [alert] = alerts.quiet_alerts(house.host.id)
    alerts.answer(alert.token, house.host.id, "police")
    [shown] = reception.reads("/api/v1/quiet-calls").json["quiet_calls"]
    assert (shown["running"], shown["answers"][0]["says"]) == (True, "police")
    ended = reception.tells(f"/api/v1/quiet-calls/{made.json['token']}/ending", false_alarm=True).json
    assert (ended["running"], ended["false_alarm"]) == (False, True)
    assert "quiet call taken back: a false alarm" in reception.opens("/console/journal").text
    assert not any("at once" in repr(one.data) for one in journal.events(0, 200))
