"""An event is heard once in a process: at its commit when it is the process's own, from the live pump otherwise."""

import threading
from collections.abc import Iterator

import pytest

import app as product
from shared import badges, company, directory, journal, live
from shared.journal import Event
from shared.lib import clock, db
from tests.cast import people
from tests.serving import wait_for


@db.act
def note(subject: str) -> int:
    return journal.record("tests.noted", subject).seq


def elsewhere(subject: str) -> int:
    """What another process wrote: the row is there, and nobody here was told."""

    @db.act
    def write() -> int:
        seq = db.next_number("journal")
        row = {"seq": seq, "at": clock.now(), "actor": "system", "action": "tests.noted", "subject": subject}
        db.connection().execute(journal.JournalRow.__table__.insert().values(**row, data={}))
        return seq

    return write()


@pytest.fixture
def heard(database: str) -> list[int]:
    found: list[int] = []
    journal.after_commit(lambda event: found.append(event.seq))
    return found


@pytest.fixture
def pump(heard: list[int]) -> Iterator[live.Pump]:
    """The live pump of a desk; it passes what it reads."""
    passing = live.Pump(lambda namespace, room, message: None, hear=journal.hear)
    passing.start()
    db.after_batch(passing.wake)
    yield passing
    passing.stop()


def test_ones_own_event_is_heard_before_the_act_returns_and_not_again(heard: list[int], pump: live.Pump) -> None:
    for number in range(20):
        seq = note(f"thing:{number}")
        assert heard[-1] == seq
    wait_for(lambda: pump.seq == seq, "the pump to pass the last one")
    assert heard == sorted(set(heard))


def test_an_event_of_another_process_is_heard_from_the_pump(heard: list[int], pump: live.Pump) -> None:
    seqs = [note("thing:1"), elsewhere("thing:2"), elsewhere("thing:3"), note("thing:4")]
    wait_for(lambda: set(heard) == set(seqs) and pump.seq == seqs[-1], "all of them to be heard")
    assert len(heard) == len(seqs)


def test_the_pump_may_be_quicker_than_the_commit_and_the_act_waits_for_it(heard: list[int], pump: live.Pump) -> None:
    order, returned, pumps = [], threading.Event(), threading.Event()

    def hears_slowly(_event: Event) -> None:
        pumps.set()
        returned.wait(0.5)
        order.append(f"heard by the {threading.current_thread().name}")

    journal.after_commit(hears_slowly)

    @db.act
    def work() -> None:
        db.on_commit(lambda: wait_for(lambda: (pump.wake(), pumps.is_set())[1], "the pump to be in the middle of it"))
        note("thing:slow")

    work()
    order.append("returned")
    returned.set()
    assert order == ["heard by the live pump", "returned"]
    assert len(heard) == 1


def test_what_was_undone_is_not_heard_and_its_number_is(heard: list[int], pump: live.Pump) -> None:
    @db.act
    def refused() -> None:
        note("thing:1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refused()
    seq = elsewhere("thing:2")
    wait_for(lambda: heard == [seq], "the other process's event under the same number")


def test_one_who_stumbles_keeps_nobody_else_from_hearing(heard: list[int]) -> None:
    journal.forget_reactions()
    journal.after_commit(lambda event: 1 / 0)
    journal.after_commit(lambda event: heard.append(event.seq))
    assert heard == [note("thing:1")]


def test_a_thread_is_woken_once(pump: live.Pump, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    printing = badges.Printing()
    monkeypatch.setattr(printing, "wake", lambda: woken.append("printing"))
    monkeypatch.setattr("shared.badges.printing._running", [printing])
    monkeypatch.setattr("shared.alerts.wake.wake", woken.append)
    product.join()
    seq = db.write(lambda: journal.record("visits.met", "visit:1", visit=0).seq)
    wait_for(lambda: pump.seq == seq, "the pump to pass it")
    assert sorted(woken) == ["alerts", "printing"]


def test_a_change_is_seen_by_the_next_question(database: str) -> None:
    cast = people()
    assert [one.id for one in directory.find("尉迟明")] == [cast.other.id]
    assert company.facts().lock_minutes != 7
    directory.retire_person(cast.other.token)
    company.change(company.facts().model_copy(update={"lock_minutes": 7}))
    assert directory.find("尉迟明") == []
    assert company.facts().lock_minutes == 7
