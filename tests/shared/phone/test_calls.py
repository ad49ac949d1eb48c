"""B1.3, B1.6, B1.7, B2.2, B2.3: what is written down of a call, and who is told of it within five minutes."""

from typing import Any

import pytest
from sqlalchemy import text

from shared import accounts, phone, relay
from shared.lib import db
from shared.lib.actor import acting_as
from shared.lib.errors import Invalid
from tests.shared.phone.conftest import Desk, kept, running


def refused(desk: Desk, **changes: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        desk.writes(**changes)
    assert phone.REGISTER.model and not count(), "nothing is kept of what was refused"
    return error.value.fields


def count() -> int:
    with db.looking() as on:
        return int(on.execute(text("SELECT count(*) FROM phone_call")).scalar_one())


def test_b1_3_whoever_wanted_somebody_absent_was_offered_something(desk: Desk) -> None:
    assert "offer" in refused(desk, offer="")
    done = desk.writes(offer="declined")
    assert phone.one(done.token).became == "absent, wanted nothing"
    assert done.message == "", "nobody is told of what was not left"


@pytest.mark.parametrize("result", ["busy", "nobody"])
def test_b2_2_a_transfer_that_failed_needs_what_was_offered(desk: Desk, result: str) -> None:
    assert "offer" in refused(desk, outcome="transferred", transfer_result=result, offer="")
    assert "transfer_result" in refused(desk, outcome="transferred", offer="")
    call = phone.one(desk.writes(outcome="absent", transfer_result=result).token)
    assert (call.outcome, call.transfer_result, call.offer) == ("absent", result, "message")


def test_b2_2_time_caller_content_and_recipient_are_written_down(desk: Desk) -> None:
    assert "content" in refused(desk, content="嗯 ")
    call = phone.one(desk.writes(caller_name="").token)
    assert (call.call_at, call.caller, call.wanted) == (desk.at, "Did not say", desk.cast.host)
    assert call.reg_no == "TEL-2026-00001"
    assert phone.one(desk.writes(outcome="wrong_number", content="", wanted=None).token).became == "wrong number"


def test_b1_6_a_message_is_not_kept_before_it_was_read_back(desk: Desk) -> None:
    assert "read_back" in refused(desk, read_back=False)
    assert "wanted" in refused(desk, wanted="陆总")
    assert "call_back_number" in refused(desk, number=None)
    assert "call_back_number" in refused(desk, number=None, offer="call_back", no_call_back=True)
    told = relay.one(desk.writes(number=None, no_call_back=True).message)
    assert (told.from_name, told.number, told.message) == ("苏婉", None, "样张今天送到，请签收")


def test_b1_7_the_push_alone_does_not_count_and_five_minutes_are_in_time(desk: Desk) -> None:
    message = desk.writes().message
    assert {"T09", "T10"} == running(f"relay:{message}").keys()
    desk.moves(seconds=299)
    assert relay.one(message).status == "recorded"
    desk.tries(message, "in_person", "reached")
    [clock] = kept(f"relay:{message}", "T09")
    assert clock.in_time


@pytest.mark.parametrize(("seconds", "in_time"), [(300.0, True), (300.001, False)])
def test_b1_7_at_five_minutes_it_is_in_time_and_a_millisecond_later_it_is_not(
    desk: Desk, seconds: float, in_time: bool
) -> None:
    message = desk.writes().message
    desk.moves(seconds=seconds)
    desk.tries(message, "extension", "reached")
    [clock] = kept(f"relay:{message}", "T09")
    assert clock.in_time is in_time


def test_b1_7_amber_at_three_minutes_red_after_five_and_the_manager_is_asked_at_ten(desk: Desk) -> None:
    boss = accounts.NewAccount(name="韩雪梅", roles=frozenset({"admin_manager"}), person_id=desk.cast.leader.id)
    accounts.add_account(boss)
    message = desk.writes().message
    for minutes, colour in ((3, "soon"), (2, "soon"), (0, "late")):
        desk.moves(minutes=minutes, seconds=0.001 if colour == "late" else 0)
        assert running(f"relay:{message}")["T09"].colour(desk.at) == colour
    assert relay.of_person(desk.cast.leader.id) == []
    desk.moves(minutes=5)
    assert [one.token for one in relay.of_person(desk.cast.leader.id)] == [message]


@pytest.mark.parametrize(
    ("urgency", "key", "minutes"), [("normal", "T10", 60), ("urgent", "T10U", 15)], ids=["normal", "urgent"]
)
@pytest.mark.parametrize(("late", "in_time"), [(0.0, True), (0.001, False)])
def test_b1_7_what_was_passed_on_is_confirmed_by_who_it_is_for(
    desk: Desk, urgency: str, key: str, minutes: int, late: float, in_time: bool
) -> None:
    message = desk.writes(urgency=urgency).message
    desk.tries(message, "extension", "reached")
    assert running(f"relay:{message}").keys() == {key}, "told is not confirmed"
    desk.moves(minutes=minutes, seconds=late)
    relay.confirm(message, "page", person_id=desk.cast.host.id)
    [clock] = kept(f"relay:{message}", key)
    assert clock.in_time is in_time


def test_b1_7_who_is_to_call_back_owes_a_reply_the_same_day(desk: Desk) -> None:
    message = desk.writes(offer="call_back").message
    relay.confirm(message, "page", person_id=desk.cast.host.id)
    assert running(f"relay:{message}").keys() == {"T11"}
    desk.moves(hours=8)
    relay.reply(message, "已回电，样张收到", person_id=desk.cast.host.id)
    [clock] = kept(f"relay:{message}", "T11")
    assert clock.in_time


def test_b2_3_two_failures_by_voice_put_it_in_writing_which_counts_while_they_are_away(desk: Desk) -> None:
    desk.is_away(desk.cast.host)
    message = desk.writes().message
    for channel in ("extension", "mobile"):
        desk.tries(message, channel, "no_answer")
    assert relay.one(message).attempts[-1].result == "auto_sent"
    desk.tries(message, "paper_slip", "delivered_written")
    assert relay.one(message).status == "notified"


def test_what_was_said_and_the_number_are_sealed(desk: Desk) -> None:
    desk.writes(complaint="等了太久没人接")
    with db.looking() as on:
        row = on.execute(text("SELECT * FROM phone_call")).mappings().one()
    for name in ("number", "content", "complaint"):
        assert isinstance(row[name], bytes | memoryview), name
    assert "0001207" not in str(row["number_key"])


def test_who_calls_is_known_by_their_number_and_by_their_name(desk: Desk) -> None:
    desk.writes(content="第一件事情，样张")
    desk.writes(content="第二件事情，发票", offer="declined")
    [caller] = phone.callers_of("+8615400001207")
    assert (caller.name, caller.company, caller.open_messages) == ("苏婉", "青木设计", 1)
    assert caller.matters == ("第二件事情，发票", "第一件事情，样张")
    for typed in ("苏婉", "suwan", "sw", "青木"):
        assert [one.name for one in phone.callers_like(typed)] == ["苏婉"], typed
    assert phone.callers_of("+8613800138000") == []


def test_whoever_was_missed_and_rings_again_needs_no_call_back(desk: Desk) -> None:
    token = desk.misses("+8615400001207")
    desk.moves(minutes=2)
    desk.writes(outcome="answered", offer="", wanted=None)
    assert phone.one(token).state == "rang_again"
    assert running(f"phone:{token}") == {}


def test_a_call_from_a_week_ago_or_of_tomorrow_is_not_written_down(desk: Desk) -> None:
    assert "call_at" in refused(desk, call_at="2026-11-01T08:00:00+08:00")
    assert "call_at" in refused(desk, call_at="2026-11-24T08:00:00+08:00")
    with acting_as(desk.lin):
        assert phone.waiting() == []
