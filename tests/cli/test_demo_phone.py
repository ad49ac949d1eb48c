"""The demo's phone: three months of calls as procedure 5.2 says, and the two rows of half past ten (5.3)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cli.demo import loading
from cli.demo.days import is_working
from cli.demo.visitors import pool
from console import due, due_calls, due_messages
from shared import contact_requests, deadlines, phone, register, relay
from shared.lib import clock, db, i18n
from shared.lib.config import settings
from shared.phone import Call, CallView
from shared.register import forgetting
from shared.relay import Relay
from shared.volumes import book, open_rows
from tests.cli.demo_desk import NOW, desk

FIRST = NOW - timedelta(days=120)


@pytest.fixture(scope="module", autouse=True)
def told(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[None]:
    """The demo at half past ten."""
    with desk(tmp_path_factory.mktemp("demo"), empty_file):
        loading.fill(settings(), NOW)
        clock.set_clock(lambda: NOW)
        yield


def calls(*conditions: object) -> list[Call]:
    with db.reading() as session:
        return list(session.scalars(select(Call).where(*conditions).order_by(Call.id)))  # type: ignore[arg-type]


def past() -> list[Call]:
    return calls(Call.call_at < NOW.replace(hour=0))


def past_missed() -> list[Call]:
    return [row for row in past() if row.outcome == "missed"]


def seen(rows: list[Call]) -> list[CallView]:
    return list(phone.many(row.token for row in rows).values())


def share(count: int, rows: list[Call]) -> float:
    return count / len(rows)


def test_numbers_have_no_gap_and_follow_the_time() -> None:
    rows = calls()
    assert [row.reg_no for row in rows] == [f"TEL-2025-{number:05d}" for number in range(1, len(rows) + 1)]
    moments = [row.call_at for row in past()]
    assert moments == sorted(moments)


def test_25_calls_a_working_day_in_office_hours() -> None:
    rows = past()
    days = Counter(row.call_at.astimezone(settings().zone).date() for row in rows)
    assert all(is_working(day) for day in days) and min(days).isoformat() == "2025-08-01"
    assert 23.5 <= len(rows) / len(days) <= 26.5
    hours = Counter(row.call_at.astimezone(settings().zone).hour for row in rows)
    assert set(hours) <= set(range(9, 18)) and hours[10] > hours[12]


def test_outcomes_and_rings_are_spread_as_the_procedure_says() -> None:
    rows = past()
    answered = [row for row in rows if row.answer_seconds is not None]
    assert 0.10 <= share(sum(row.outcome == "missed" for row in rows), rows) <= 0.14
    assert 0.81 <= share(sum(row.rings == 1 for row in answered), answered) <= 0.87
    assert all((row.rings == 1) == ((row.answer_seconds or 0) < 5) for row in answered)
    days = len({row.call_at.date() for row in rows})
    assert 5 <= sum(row.offer in ("message", "call_back") for row in rows) / days <= 7
    assert {row.outcome for row in rows} == {*phone.OUTCOMES, "missed"}
    assert {row.spoken for row in rows} == {"mandarin", "dialect", "english"}
    assert 1 <= sum(row.complained for row in rows) <= 15
    said = {row.content for row in rows if row.content}
    assert len(said) >= 25 and max(map(len, said)) <= 50 and min(map(len, said)) >= relay.SHORTEST


def test_nobody_can_be_rung_for_real_and_visitors_are_known_by_their_numbers() -> None:
    rows = calls()
    assert all(row.number is None or row.number.startswith("+8615400") for row in rows)
    assert any(row.number is None for row in rows)
    numbers = {f"+86{one.phone}": one.name for one in pool(loading.SEED)}
    assert all(numbers[row.number] == row.caller_name for row in rows if row.number in numbers and row.caller_name)
    assert len({row.number for row in rows} & numbers.keys()) > 100
    known = next(row for row in rows if row.number in numbers and row.caller_name)
    assert known.caller_name in {one.name for one in phone.callers_of(known.number or "")}
    assert known.caller_name in {one.name for one in phone.callers_like(known.caller_name)}


def test_whoever_was_missed_was_called_back_rang_again_or_could_not_be_reached() -> None:
    missed = seen(past_missed())
    states = Counter(call.state for call in missed)
    assert 0.6 <= share(states["called_back"], past_missed()) <= 0.8
    assert set(states) == {"called_back", "rang_again", "unreachable"}
    answers = {row.back_of: row for row in past() if row.direction == "out"}
    later = {(row.number, row.created_at) for row in past() if row.outcome != "missed"}
    for call in missed:
        tries = [one.result for one in call.tries]
        if call.state == "called_back":
            assert tries[-1] == "reached" and call.tries[-1].at == call.settled_at
        elif call.state == "rang_again":
            assert (call.number, call.settled_at) in later
        else:
            assert len(tries) == (phone.TRIES if call.number else 0) and "reached" not in tries
    assert len(answers) > 30
    assert all(answers[call.id].number == call.number for call in missed if call.id in answers)


def test_messages_were_passed_on_confirmed_and_answered() -> None:
    left = {f"phone:{row.token}": row for row in past() if row.offer in ("message", "call_back")}
    with db.reading() as session:
        kept = list(session.scalars(select(Relay).where(Relay.recorded_at < NOW.replace(hour=0))))
    assert {one.subject for one in kept} == left.keys() and len(kept) == len(left)
    for one in kept:
        call = left[one.subject]
        assert (one.to_id, one.message, one.recorded_at) == (call.wanted_id, call.content, call.created_at)
        times = [one.recorded_at, one.notified_at, one.confirmed_at, one.replied_at or one.confirmed_at, one.closed_at]
        assert times == sorted(moment for moment in times if moment)
        assert one.status == "closed" and (one.replied_at is not None) == one.reply_required
    for view in relay.many(one.token for one in kept).values():
        assert view.attempts[0].result == "auto_sent" and view.attempts[-1].result == "reached"
        assert [one.n for one in view.attempts] == list(range(1, len(view.attempts) + 1))
        assert view.attempts[-1].at == view.notified_at


def test_the_phone_keeps_the_procedure_as_the_demo_promises() -> None:
    for clause, promised in (("二.1.7", 0.93), ("O5", 0.97), ("二.1.5", 0.95)):
        kept = deadlines.kept(FIRST, NOW, clause=clause)
        assert kept.total > 120
        assert kept.share == pytest.approx(promised, abs=0.03), clause


def test_nothing_is_erased_yet_and_days_are_counted() -> None:
    assert not any(row.erased_at for row in calls())
    assert forgetting.run(rehearsal=True).counts["P1"] == 0
    with db.looking() as on:
        assert not [day for day in register.miscounted(phone.REGISTER, on) if day < NOW.date()]
    kept = book("phone")
    assert kept is not None and 0 < open_rows(kept) < kept.most
    assert {row.source for row in calls()} == {"demo"}


def test_the_tax_offices_message_for_shan_yufen_came_by_phone() -> None:
    [message] = relay.page("open")[0]
    call = phone.one(message.subject.partition(":")[2])
    assert (message.company, message.to.name if message.to else "") == ("税务局", "单玉芬")
    assert (call.caller_company, call.outcome, call.offer, call.rings) == ("税务局", "absent", "message", 1)
    [asked] = contact_requests.of_calls([call.id])[call.id]
    assert (asked.who, asked.outcome) == ("罗敏", "declined_relayed")
    assert [(one.channel, one.result) for one in message.attempts] == [
        ("page", "auto_sent"),
        ("extension", "no_answer"),
    ]
    [pass_on, _confirmed] = deadlines.running(f"relay:{message.token}")
    assert (pass_on.key, pass_on.due - NOW) == ("T09", timedelta(seconds=80))


def test_a_call_was_missed_nine_minutes_ago() -> None:
    [call] = phone.waiting()
    assert (call.number, call.call_at, call.tries) == ("+8615400000921", NOW - timedelta(minutes=9), ())
    [back] = deadlines.running(f"phone:{call.token}")
    assert (back.key, back.due - NOW) == ("T08", timedelta(minutes=1))


def test_both_are_amber_on_due_now() -> None:
    due_calls.join()
    due_messages.join()
    with i18n.use("zh_Hans"):
        shown = {row.due.key: row for row in due.rows(masked=False)}
    assert [(shown[key].colour, shown[key].due.due) for key in ("T08", "T09")] == [
        ("soon", datetime.fromisoformat("2025-11-04T10:31:00+08:00")),
        ("soon", datetime.fromisoformat("2025-11-04T10:31:20+08:00")),
    ]
    assert "154****0921" in str(shown["T08"].said) and "税务局" in str(shown["T09"].said)
