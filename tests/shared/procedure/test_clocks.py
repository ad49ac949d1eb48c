"""The clocks of the procedure: what they are, and what an administrator makes of them."""

from datetime import timedelta

import pytest

from shared import deadlines, journal, procedure
from shared.lib import i18n
from shared.lib.errors import Invalid, NotFound
from shared.procedure import Times
from tests.shared.deadlines.conftest import TEN, Clock, time

__all__ = ["time"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MINUTE = 60


def test_the_times_are_those_of_the_procedure(database: str) -> None:
    known = {key: (clock.warn, clock.due, clock.breach) for key, clock in procedure.clocks().items()}
    assert known["T02"] == (2 * MINUTE, 3 * MINUTE, 10 * MINUTE)
    assert known["T04"] == (13 * MINUTE, 15 * MINUTE, 18 * MINUTE)
    assert known["T05"] == (60, 120, 120)
    assert known["T06"] == (3 * MINUTE, 5 * MINUTE, 5 * MINUTE)
    assert known["T01"][1:] == (60, 60)


@pytest.mark.parametrize("clock", procedure.DEFAULTS.values(), ids=lambda clock: clock.key)
def test_every_clock_is_in_order_and_has_a_clause(database: str, clock: procedure.Clock) -> None:
    assert clock.warn <= clock.due <= clock.breach
    assert clock.clause.words
    assert [clock.seconds_of(step) for step in clock.ladder] == sorted(clock.seconds_of(step) for step in clock.ladder)


def test_a_clause_that_is_not_in_the_document_shows_its_register(database: str) -> None:
    with i18n.use("zh_Hans"):
        assert procedure.clause("一.1.5").label == "一.1.5"
        assert (procedure.clause("O5").number, procedure.clause("O5").label) == ("", "口头通知流程")


def test_an_english_reader_reads_the_number_of_a_clause_in_their_own_figures(database: str) -> None:
    with i18n.use("en"):
        assert (procedure.clause("一.1.5").label, procedure.clause("一.2.4").label) == ("1.1.5", "1.2.4")
        assert procedure.clause("一.1.5").number == "一.1.5", "for programs it stays as it is in the document"


def test_a_change_holds_for_what_starts_afterwards(time: Clock) -> None:
    before = deadlines.start("T05", "room:1")
    procedure.change("T05", Times(warn=30, due=90, breach=100))
    after = deadlines.start("T05", "room:2")
    assert [due.breach - TEN for due in (before, after)] == [timedelta(seconds=120), timedelta(seconds=100)]
    event = journal.newest(1)[0]
    assert (event.action, event.subject, event.data["due"]) == ("procedure.clock_changed", "clock:T05", 90)
    procedure.back_to_default("T05")
    assert deadlines.start("T05", "room:3").breach - TEN == timedelta(seconds=120)


def test_the_ladder_moves_with_its_marks_and_its_own_times_may_be_changed(time: Clock) -> None:
    procedure.change("T02", Times(warn=60, due=240, breach=900, steps=(360,)))
    clock = procedure.clock("T02")
    assert [(step.what, clock.seconds_of(step)) for step in clock.ladder] == [
        ("resend", 240), ("deputy", 360), ("reception", 900),
    ]  # fmt: skip
    assert deadlines.start("T02", "visit:x").red - TEN == timedelta(seconds=360)


@pytest.mark.parametrize(
    ("times", "field"),
    [
        (Times(warn=100, due=90, breach=120, steps=(300,)), "due"),
        (Times(warn=0, due=90, breach=80, steps=(300,)), "breach"),
        (Times(warn=0, due=0, breach=80, steps=(300,)), "due"),
        (Times(warn=0, due=60, breach=80, steps=()), "steps"),
        (Times(warn=0, due=60, breach=80, steps=(0,)), "steps"),
    ],
)
def test_times_that_are_not_in_order_are_refused(database: str, times: Times, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        procedure.change("T02", times)
    assert field in refused.value.fields
    assert procedure.clock("T02") == procedure.DEFAULTS["T02"]


@pytest.mark.parametrize("key", ["T99", "T11"])
def test_what_has_no_times_of_its_own_is_not_changed(database: str, key: str) -> None:
    with pytest.raises(NotFound):
        procedure.change(key, Times(warn=1, due=2, breach=3))


def test_a_clock_in_business_time_waits_for_the_office(time: Clock) -> None:
    time.at = TEN + timedelta(hours=7, minutes=30)  # Monday 17:30
    due = deadlines.start("T10", "relay:1")
    assert due.due == TEN + timedelta(hours=23, minutes=30)  # Tuesday 9:30
    evening = deadlines.start("T11", "relay:1")
    assert (evening.due, evening.breach) == (TEN + timedelta(hours=8), TEN + timedelta(hours=8))
    assert evening.warn == TEN + timedelta(hours=7, minutes=54)
