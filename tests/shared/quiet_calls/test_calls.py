"""A quiet call tells everybody who was chosen, once, on every way, until it is over; a false alarm is told too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shared import accounts, alerts, company, directory, journal, quiet_calls, register, tidying
from shared.alerts import ending
from shared.lib import db, i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid
from shared.quiet_calls import Ending, QuietSettings, QuietView
from tests.cast import Cast
from tests.serving import wait_for
from tests.shared.alerts.conftest import Clock, Office, cast, letters, links, office, time

__all__ = ["cast", "office", "time"]
LIN, HAN = (Actor("token", number, roles=frozenset({"receptionist"})) for number in (1, 2))


@dataclass
class Desk:
    cast: Cast
    first: directory.PersonView
    second: directory.PersonView


@pytest.fixture
def desk(cast: Cast) -> Iterator[Desk]:
    accounts.join()
    quiet_calls.choose(QuietSettings(responders=[cast.host.token, cast.other.token]))
    yield Desk(cast, cast.host, cast.other)


def begins(who: Actor = LIN, *, drill: bool = False) -> QuietView:
    with acting_as(who):
        return quiet_calls.begin(drill=drill)[0]


def answers(person: directory.PersonView, says: str) -> None:
    [alert] = alerts.quiet_alerts(person.id)
    alerts.answer(alert.token, person.id, says)


def events(call: QuietView) -> list[tuple[str, Any]]:
    return [(one.action, one.person_id) for one in journal.about(call.subject)]


def test_everybody_who_was_chosen_is_called_at_once_on_every_way(desk: Desk) -> None:
    call = begins()
    assert (call.running, call.drill) == (True, False)
    for person in (desk.first, desk.second):
        [alert] = alerts.quiet_alerts(person.id)
        assert (alert.subject, alert.answer) == (call.subject, None)
    assert [{one.channel for one in way.deliveries} for way in alerts.quiet_called(call.subject)] == [
        {"screen", "email"}
    ] * 2
    assert alerts.quiet_alerts(desk.cast.leader.id) == []


def test_pressed_again_or_by_two_at_once_it_is_one_call(desk: Desk) -> None:
    call = begins(LIN)
    again = [quiet_calls.begin() for _twice in range(2)]
    assert begins(HAN).token == call.token
    assert [(one.token, new) for one, new in again] == [(call.token, False)] * 2
    assert len(alerts.quiet_alerts(desk.first.id)) == 1
    assert [action for action, _person in events(call)].count("quiet_calls.begun") == 1


def test_pressed_again_after_ten_minutes_everybody_is_called_anew_and_has_not_answered(desk: Desk, time: Clock) -> None:
    call = begins()
    answers(desk.first, "coming")
    time.moves(minutes=10)
    assert begins().token == call.token
    time.moves(seconds=1)
    again = begins(HAN)
    assert (again.running, again.answers, again.begun_by) == (True, (), HAN.ref)
    assert not quiet_calls.one(call.token).running
    for person in (desk.first, desk.second):
        [alert] = alerts.quiet_alerts(person.id)
        assert (alert.subject, alert.answer, alert.created_at) == (again.subject, None, time.at)
    assert ("quiet_calls.renewed", None) in events(call)


def test_a_call_that_rings_nowhere_keeps_nobody_from_calling(desk: Desk, time: Clock) -> None:
    quiet_calls.choose(QuietSettings())
    call = begins()
    assert begins().token == call.token, "nobody whom a further call would reach"
    quiet_calls.choose(QuietSettings(responders=[desk.first.token]))
    assert begins().token != call.token
    [alert] = alerts.quiet_alerts(desk.first.id)
    time.at = alert.expires_at
    ending.expire(time.at)
    begins()
    assert len(alerts.quiet_alerts(desk.first.id)) == 1


def test_what_nobody_ended_is_over_by_itself_after_twelve_hours(desk: Desk, time: Clock) -> None:
    call = begins()
    time.moves(hours=12, seconds=-1)
    assert quiet_calls.end_old() == 0
    time.moves(seconds=1)
    assert [quiet_calls.end_old(), quiet_calls.end_old()] == [1, 0]
    ended = quiet_calls.one(call.token)
    assert (ended.ended_at, ended.ended_by, ended.false_alarm) == (time.at, "system", False)
    assert ("quiet_calls.lapsed", None) in events(call) and alerts.quiet_alerts(desk.first.id) == []


def test_the_desk_ends_it_beside_what_else_goes_by_itself(desk: Desk, time: Clock) -> None:
    begins()
    time.moves(hours=12)
    tidies = tidying.Tidying()
    tidies.start()
    try:
        wait_for(lambda: quiet_calls.running() is None, "the end of the call")
    finally:
        tidies.stop()


def test_both_answers_may_be_given_and_the_others_hear_of_each(desk: Desk, time: Clock) -> None:
    call = begins()
    answers(desk.first, "coming")
    time.moves(seconds=20)
    for _twice in range(2):
        answers(desk.first, "police")
    answers(desk.second, "police")
    said = [(one.person_id, one.says, (one.at - call.begun_at).seconds) for one in quiet_calls.one(call.token).answers]
    assert said == [(desk.first.id, "coming", 0), (desk.first.id, "police", 20), (desk.second.id, "police", 20)]
    heard = [person for action, person in events(call) if action == "alerts.quiet_news"]
    assert heard == [desk.second.id, desk.second.id, desk.first.id]
    [alert] = alerts.quiet_alerts(desk.second.id)
    with pytest.raises(Invalid):
        alerts.answer(alert.token, desk.second.id, "minutes", 5)
    with pytest.raises(Forbidden):
        alerts.answer(alert.token, desk.first.id, "coming")


def test_it_ends_with_a_note_and_nobody_is_called_any_more(desk: Desk) -> None:
    call = begins()
    [alert] = alerts.quiet_alerts(desk.first.id)
    with pytest.raises(Invalid):
        quiet_calls.end(call.token, Ending())
    ended = quiet_calls.end(call.token, Ending(note="陈先生大声说话后已离开"))
    assert not ended.running and quiet_calls.running() is None
    assert quiet_calls.note_of(ended) == "陈先生大声说话后已离开"
    assert alerts.quiet_alerts(desk.first.id) == []
    assert all(way.next_at is None for one in alerts.quiet_called(call.subject) for way in one.deliveries)
    with pytest.raises(Gone):
        alerts.answer(alert.token, desk.first.id, "coming")
    with pytest.raises(Conflict):
        quiet_calls.end(call.token, Ending(false_alarm=True))
    assert "陈" not in repr(journal.about(call.subject))
    assert begins().token != call.token


def test_a_real_call_ends_a_drill_and_a_drill_waits_for_a_real_call(desk: Desk) -> None:
    drill = begins(drill=True)
    real = begins()
    assert quiet_calls.one(drill.token).ended_at is not None
    assert [one.subject for one in alerts.quiet_alerts(desk.first.id)] == [real.subject]
    with pytest.raises(Conflict):
        quiet_calls.begin(drill=True)


def test_the_letter_says_where_to_come_and_of_a_drill_that_it_is_one(desk: Desk, office: Office) -> None:
    company.change(company.facts().model_copy(update={"quiet_place": "一楼东门", "quiet_text": "到前台来"}))
    call = begins()
    letters().work()
    told = {str(letter["To"]).partition("<")[2]: letter for letter in office.letters}
    assert set(told) == {"wang@example.com>", "yuchi@example.com>"}
    letter = told["wang@example.com>"]
    assert letter["Subject"] == "前台静默呼叫: 一楼东门"
    body = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "到前台来" in body and "?answer=police" in body
    quiet_calls.end(call.token, Ending(false_alarm=True))
    links().work()
    assert [str(one["Subject"]) for one in office.letters[2:]] == ["误报：前台不需要人了"] * 2
    begins(drill=True)
    letters().work()
    assert all(str(one["Subject"]).startswith("演练：") for one in office.letters[4:]) and len(office.letters) == 6


def test_only_a_false_alarm_is_told_by_mail_a_second_time(desk: Desk, office: Office) -> None:
    call = begins()
    letters().work()
    quiet_calls.end(call.token, Ending(note="好了"))
    links().work()
    assert len(office.letters) == 2


def test_without_anybody_chosen_the_call_is_kept_and_reaches_nobody(desk: Desk) -> None:
    quiet_calls.choose(QuietSettings())
    call = begins()
    assert alerts.quiet_called(call.subject) == [] and call.running
    directory.retire_person(desk.second.token)
    quiet_calls.choose(QuietSettings(responders=[desk.second.token, desk.first.token]))
    assert quiet_calls.responders() == [directory.person(desk.first.id)], "who left is called no more"


def test_after_a_restart_the_call_goes_on(desk: Desk, database: str) -> None:
    call = begins()
    answers(desk.first, "coming")
    db.stop()
    db.start(database)
    now = quiet_calls.running()
    assert now is not None and (now.token, len(now.answers)) == (call.token, 1)
    answers(desk.second, "coming")
    assert len(quiet_calls.one(call.token).answers) == 2


def test_after_its_days_the_note_is_forgotten_and_the_rest_stays(desk: Desk, time: Clock) -> None:
    call = begins()
    quiet_calls.end(call.token, Ending(note="陈先生大声说话"))
    assert register.run().counts["W2"] == 0
    time.at += timedelta(days=61)
    assert register.run().counts["W2"] == 1
    assert quiet_calls.note_of(call) == "" and quiet_calls.one(call.token).ended_at is not None


def test_the_note_lies_sealed(desk: Desk) -> None:
    call = begins()
    quiet_calls.end(call.token, Ending(note="陈先生大声说话"))
    with db.reading() as session:
        raw = session.connection().exec_driver_sql("SELECT note FROM quiet_call").scalar()
        assert "陈先生".encode() not in bytes(raw)
        assert session.scalar(select(quiet_calls.QuietCall.note)) == "陈先生大声说话"
    with i18n.use("en"):
        assert quiet_calls.words() == "Come to the front desk at once."
