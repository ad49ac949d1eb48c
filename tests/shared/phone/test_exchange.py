"""The exchange tells of calls while they happen: who was not answered waits at once, how long it rang is known."""

import sqlite3
from collections.abc import Iterator

import pytest

from shared import journal, phone
from shared.lib.actor import acting_as
from shared.phone import exchange, settling
from tests.exchange import Manager
from tests.serving import wait_for
from tests.shared.phone.conftest import NINE, Desk, kept, running
from tests.shared.phone.ear import Ear, listens
from tests.shared.phone.lists import ASTERISK, asterisk, file
from tests.shared.phone.test_importing import calls, records

SU_WAN = "+8615400000921"
TODAY = NINE.date()


@pytest.fixture
def manager() -> Iterator[Manager]:
    made = Manager()
    yield made
    made.close()


@pytest.fixture
def ear(desk: Desk, manager: Manager) -> Iterator[Ear]:
    with listens(desk, manager) as made:
        yield made


def test_b1_5_who_hangs_up_unanswered_waits_at_once_and_is_red_after_ten_minutes(ear: Ear) -> None:
    ear.call(rings=25)
    [missed] = phone.waiting()
    assert (missed.number, missed.call_at) == (SU_WAN, NINE)
    assert list(running(f"phone:{missed.token}")) == ["T08"]
    ear.desk.moves(seconds=575)
    assert running(f"phone:{missed.token}")["T08"].colour(ear.desk.at) == "soon"
    ear.desk.moves(seconds=0.001)
    assert running(f"phone:{missed.token}")["T08"].colour(ear.desk.at) == "late"


def test_b1_1_six_seconds_are_one_ring_and_nine_are_late(ear: Ear) -> None:
    ear.call(rings=6, talks=30)
    ear.call(rings=9, talks=30)
    assert phone.answering(TODAY, TODAY) == phone.Answering(1, 1)
    assert phone.waiting() == []


def test_b3_2_an_answered_call_that_nobody_wrote_down_is_listed(ear: Ear) -> None:
    ear.call(rings=4, talks=61)
    assert [(one.number, one.ring_seconds, one.talk_seconds) for one in phone.unrecorded(TODAY)] == [(SU_WAN, 4, 61)]
    ear.desk.writes(number="154 0000 0921", outcome="answered", offer="", wanted=None, read_back=False, call_at=NINE)
    assert phone.unrecorded(TODAY) == []


def test_written_down_while_it_lasts_the_row_knows_how_long_it_rang(ear: Ear) -> None:
    call = ear.manager.rings()
    ear.hears(seconds=7)
    ear.manager.answers(call)
    ear.hears(seconds=20)
    ear.desk.writes(number="154 0000 0921", outcome="answered", offer="", wanted=None, read_back=False)
    ear.hears(seconds=10)
    ear.manager.hangs_up(call)
    ear.hears()
    assert calls() == [("handled", "console", 7.0)]


def test_a_mailbox_is_nobody(ear: Ear) -> None:
    """A machine that picks up after the telephone rang in vain has answered for nobody."""
    ear.call(rings=20, became="CANCEL")
    assert [state for state, _source, _seconds in calls()] == ["missed"]


def test_one_of_several_telephones_is_enough(ear: Ear) -> None:
    call = ear.manager.rings()
    ear.manager.answers(call, "BUSY")
    ear.manager.answers(call, "ANSWER")
    ear.manager.answers(call, "CANCEL")
    ear.manager.hangs_up(call)
    ear.hears()
    assert calls() == [] and records() == 1


def test_who_rings_again_and_is_answered_is_not_called_back(ear: Ear) -> None:
    ear.call(rings=20)
    [missed] = phone.waiting()
    ear.call(rings=3, talks=40)
    assert phone.waiting() == [] and calls()[0][0] == "rang_again"
    assert [one.reason for one in kept(f"phone:{missed.token}", "T08")] == ["rang_again"]


def test_a_hidden_number_is_noted_and_nobody_is_asked_to_call_it(ear: Ear) -> None:
    for hidden in ("<unknown>", "anonymous", ""):
        ear.call(rings=20, number=hidden)
    assert phone.waiting() == []
    assert records() == 3


def test_a_number_that_the_exchange_learns_later_counts(ear: Ear) -> None:
    call = ear.manager.rings("<unknown>")
    ear.manager.tells("NewCallerid", Uniqueid=call, Linkedid=call, CallerIDNum="15400000921")
    ear.manager.hangs_up(call)
    ear.hears()
    assert [one.number for one in phone.waiting()] == [SU_WAN]


def test_a_call_that_goes_out_is_nobodys_to_call_back(ear: Ear) -> None:
    ear.call(rings=20, number="1001", group="15400000921", context="from-internal")
    assert calls() == [] and records() == 0


def test_the_call_list_brings_nothing_that_was_heard(ear: Ear) -> None:
    call = ear.call(rings=20)
    with acting_as(ear.desk.lin):
        report = phone.import_calls(file(asterisk(id=call)), ASTERISK)
    assert (report.known, report.to_call) == (1, 0)
    assert len(calls()) == 1


def test_two_processes_hear_a_call_and_it_is_kept_once(ear: Ear) -> None:
    with listens(ear.desk, ear.manager) as other:
        call = ear.manager.rings()
        other.hears()
        ear.manager.hangs_up(call)
        ear.hears()
        wait_for(lambda: len(other.heard) == 5, "the other one to hear it")
    assert len(calls()) == 1 and records() == 1


def test_an_id_that_is_given_again_days_later_is_another_call(ear: Ear) -> None:
    first = ear.call(rings=20)
    ear.hears(days=3)
    ear.manager.starts_again()
    assert ear.call(rings=20, number="15400000777") == first
    assert [one.number for one in phone.waiting()] == [SU_WAN, "+8615400000777"] and records() == 2
    with acting_as(ear.desk.lin):
        report = phone.import_calls(file(asterisk("2026-11-26 09:00:20", src="15400000777", id=first)), ASTERISK)
    assert (report.known, records()) == (1, 2)


def test_only_the_numbers_that_ring_at_the_desk_count(desk: Desk, manager: Manager) -> None:
    with listens(desk, manager, lines="600,9") as ear:
        ear.call(rings=20, group="8801")
        assert calls() == [] and records() == 0
        ear.call(rings=20, group="600")
        assert len(phone.waiting()) == 1
    with listens(desk, manager, lines="1001") as ear:
        ear.heard.extend({} for _told in range(manager.told))
        ear.call(rings=20, group="8801", number="15400000777")
        assert len(phone.waiting()) == 2


def test_what_is_on_the_line_is_known_until_it_is_over(ear: Ear) -> None:
    first = ear.manager.rings()
    ear.hears(seconds=5)
    second = ear.manager.rings("15400000777")
    ear.manager.answers(first)
    ear.hears()
    assert [(one.number, one.answered) for one in phone.on_the_line()] == [("+8615400000777", False), (SU_WAN, True)]
    ear.manager.hangs_up(first)
    ear.manager.hangs_up(second)
    ear.hears()
    assert phone.on_the_line() == []


def test_an_exchange_that_is_lost_is_said_and_found_again(ear: Ear) -> None:
    assert exchange.ready() == {"exchange": True} and exchange.trouble() == ""
    assert "is heard since" in exchange.state()
    call = ear.manager.rings()
    ear.hears()
    ear.manager.drops()
    assert ear.manager.signed_in.acquire(timeout=20)
    lost_and_found = ["phone.exchange_lost", "phone.exchange_heard"]
    wait_for(lambda: [event.action for event in journal.about("phone:exchange")] == lost_and_found, "the journal")
    assert exchange.trouble() == "" and phone.on_the_line() == []
    ear.manager.hangs_up(call)
    ear.hears()
    assert calls() == []
    ear.call(rings=20)
    assert len(phone.waiting()) == 1


def test_a_wrong_secret_is_said_to_reception_once(desk: Desk, manager: Manager) -> None:
    with listens(desk, manager, secret="guessed") as ear:
        wait_for(lambda: ear.listening.lost, "the refusal")
        assert exchange.ready() == {"exchange": False}
        assert "it refuses the sign-in. Calls that nobody answers come with its call list." in exchange.trouble()
        wait_for(lambda: len(manager.asked) > 2, "another try")
        wait_for(lambda: journal.about("phone:exchange"), "the journal")
        assert len(journal.about("phone:exchange")) == 1
        assert "guessed" not in str([event.data for event in journal.about("phone:exchange")])


def test_what_a_stop_of_the_desk_left_behind_is_settled(desk: Desk, manager: Manager) -> None:
    """A call is kept in one act and the register told in the next; the desk may stop in between."""
    once = settling.settle_all
    try:
        settling.settle_all = lambda: None
        with listens(desk, manager) as ear:
            ear.call(rings=20)
            assert phone.waiting() == [] and records() == 1
    finally:
        settling.settle_all = once
    phone.settle_all()
    assert len(phone.waiting()) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_call_that_cannot_be_written_just_now_is_written_a_moment_later(ear: Ear, database: str) -> None:
    """The connection holds meanwhile, and with it whatever rings."""
    other = sqlite3.connect(database.partition(":///")[2], isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        ear.manager.hangs_up(ear.manager.rings())
        ear.hears()
        assert len(ear.listening.unkept) == 1 and ear.listening.heard
    finally:
        other.close()
    still = ear.manager.rings("15400000777")
    ear.hears()
    assert [one.number for one in phone.waiting()] == [SU_WAN] and len(phone.on_the_line()) == 1
    ear.manager.hangs_up(still)
    ear.hears()
    assert len(phone.waiting()) == 2
