"""A1.7a, A1.7b: a message is passed on within five minutes, by a try that reached the person (O1 to O4, T06)."""

from typing import Any

import pytest
from sqlalchemy import text

from shared import directory, relay
from shared.lib import db
from shared.lib.actor import acting_as
from shared.lib.errors import Gone, Invalid
from tests.shared.relay.conftest import Desk, kept, running


def test_a1_7a_nothing_is_kept_that_was_not_read_back(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.takes(read_back=False)
    assert "read_back" in refused.value.fields
    assert relay.page("all")[0] == []


@pytest.mark.parametrize("missing", [{"number": None}, {"number": ""}])
def test_a1_7a_a_number_is_needed_or_said_that_none_is_wanted(desk: Desk, missing: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        desk.takes(**missing)
    assert "number" in refused.value.fields
    assert relay.one(desk.takes(**missing, no_call_back=True)).number is None


@pytest.mark.parametrize(
    "wrong", [{"message": "回电吧 "}, {"from_name": " "}, {"number": "hello"}, {"message": "字" * 501}]
)
def test_a1_7a_who_what_and_the_number_have_a_shape(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        desk.takes(**wrong)


def test_a1_7a_what_people_wrote_is_sealed(desk: Desk) -> None:
    desk.takes(company="深圳税务")
    with db.looking() as on:
        row = on.execute(text("SELECT * FROM relay")).mappings().one()
    for name in ("from_name", "company", "number", "message"):
        assert isinstance(row[name], bytes | memoryview), name
    assert "税务".encode() not in b"".join(bytes(row[name]) for name in ("from_name", "company", "message"))


def test_a1_7b_the_desks_own_push_is_logged_at_once_and_never_counts(desk: Desk) -> None:
    token = desk.takes()
    [push] = relay.one(token).attempts
    assert (push.n, push.channel, push.result) == (1, "page", "auto_sent")
    assert {"T06", "T10"} == running(token).keys()
    desk.moves(seconds=300.001)
    assert running(token)["T06"].colour(desk.at) == "late"
    assert relay.one(token).status == "recorded"
    with pytest.raises(Invalid):
        desk.tries(token, "page", "auto_sent")


@pytest.mark.parametrize(("seconds", "in_time"), [(299.0, True), (300.0, True), (300.001, False)])
def test_a1_7b_reached_at_five_minutes_is_in_time_and_a_millisecond_later_is_not(
    desk: Desk, seconds: float, in_time: bool
) -> None:
    token = desk.takes()
    desk.moves(seconds=seconds)
    desk.tries(token, "in_person", "reached")
    [clock] = kept(token, "T06")
    assert (clock.state, clock.in_time) == ("met", in_time)
    assert relay.one(token).status == "notified"


@pytest.mark.parametrize("result", ["no_answer", "busy", "off", "refused"])
def test_a1_7b_a_try_that_failed_does_not_count(desk: Desk, result: str) -> None:
    token = desk.takes()
    desk.tries(token, "extension", result)
    assert "T06" in running(token)
    assert relay.one(token).status == "attempting"


@pytest.mark.parametrize(("state", "counts"), [("in", False), ("out", True), ("meeting", True), ("leave", True)])
def test_a1_7b_a_slip_counts_only_while_the_person_is_not_in(desk: Desk, state: str, counts: bool) -> None:
    desk.is_away(desk.cast.host, state)
    token = desk.takes()
    for channel in ("extension", "mobile"):
        desk.tries(token, channel, "no_answer")
    desk.tries(token, "paper_slip", "delivered_written")
    assert ("T06" not in running(token)) is counts
    assert relay.one(token).status == ("notified" if counts else "attempting")


@pytest.mark.parametrize("failures", [0, 1])
def test_a1_7b_a_slip_before_two_voice_failures_is_logged_and_the_clock_goes_on(desk: Desk, failures: int) -> None:
    desk.is_away(desk.cast.host)
    token = desk.takes()
    for _try in range(failures):
        desk.tries(token, "mobile", "no_answer")
    desk.tries(token, "paper_slip", "delivered_written")
    view = relay.one(token)
    assert ("paper_slip", "delivered_written") in view.tried
    assert (view.status, view.notified_at) == ("attempting", None)
    assert "T06" in running(token)
    for _try in range(2 - failures):
        desk.tries(token, "mobile", "busy")
    desk.tries(token, "paper_slip", "delivered_written")
    assert "T06" not in running(token)


def test_a1_7b_a_failure_that_was_taken_back_is_none(desk: Desk) -> None:
    desk.is_away(desk.cast.host)
    token = desk.takes()
    desk.tries(token, "mobile", "no_answer")
    last = desk.tries(token, "mobile", "no_answer")
    with acting_as(desk.lin):
        relay.undo(last.seq)
    desk.tries(token, "paper_slip", "delivered_written")
    assert "T06" in running(token)


@pytest.mark.parametrize(("extension", "counts"), [(None, True), ("8033", False)])
def test_a1_7b_where_nobody_knows_a_number_a_slip_counts_at_once(
    desk: Desk, extension: str | None, counts: bool
) -> None:
    leader = directory.by_token(desk.cast.leader.token)
    if extension:
        directory.change_person(leader.token, directory.PersonChange(extension=extension), leader.row_version)
    desk.is_away(leader)
    form = relay.MessageForm.model_validate(
        {"from_name": "税务局", "no_call_back": True, "message": "发票抬头要改", "read_back": True}
    )
    with acting_as(desk.lin):
        token = relay.record(form, leader, subject="visit:none").token
    best = relay.next_channel(leader.id, [])
    assert best == ("paper_slip" if counts else "extension"), "what is proposed is what counts"
    desk.tries(token, "paper_slip", "delivered_written")
    assert ("T06" not in running(token)) is counts


def test_a1_7b_two_voice_failures_put_it_in_writing_once(desk: Desk) -> None:
    token = desk.takes()
    desk.tries(token, "extension", "no_answer")
    assert [one.result for one in relay.one(token).attempts] == ["auto_sent", "no_answer"]
    for _again in range(2):
        desk.tries(token, "mobile", "busy")
    written = [(one.channel, one.result) for one in relay.one(token).attempts if one.result == "auto_sent"]
    assert written == [("page", "auto_sent"), ("email", "auto_sent")]


def test_a2_3_the_next_best_way_follows_from_where_the_person_is(desk: Desk) -> None:
    host = desk.cast.host
    steps: list[tuple[str, str]] = []
    ways = []
    for result in ("no_answer", "no_answer", "delivered_written"):
        ways.append(relay.next_channel(host.id, steps))
        steps.append((ways[-1], result))
    assert [*ways, relay.next_channel(host.id, steps)] == ["in_person", "extension", "paper_slip", "in_person"]
    desk.is_away(host)
    assert relay.next_channel(host.id, []) == "mobile"
    assert relay.next_channel(host.id, [("mobile", "off"), ("mobile", "off")]) == "paper_slip"
    desk.is_away(desk.cast.leader)
    assert relay.next_channel(desk.cast.leader.id, []) == "paper_slip", "nobody knows a number"


def test_a1_7b_after_ten_minutes_the_receptions_manager_is_asked(desk: Desk) -> None:
    token = desk.takes()
    desk.moves(minutes=9, seconds=59)
    assert not relay.of_person(desk.manager.id)
    desk.moves(seconds=2)
    assert [one.token for one in relay.of_person(desk.manager.id)] == [token]
    assert relay.one(token).escalated_at is not None


def test_whoever_did_a_try_takes_it_back_within_fifteen_seconds(desk: Desk) -> None:
    token = desk.takes()
    desk.moves(seconds=20)
    done = desk.tries(token, "in_person", "reached")
    desk.moves(seconds=14)
    with acting_as(desk.lin):
        relay.undo(done.seq)
    view = relay.one(token)
    assert (view.status, view.notified_at, view.attempts[-1].undone) == ("recorded", None, True)
    assert running(token)["T06"].starts == view.recorded_at
    again = desk.tries(token, "in_person", "reached")
    desk.moves(seconds=16)
    with acting_as(desk.lin), pytest.raises(Gone):
        relay.undo(again.seq)
