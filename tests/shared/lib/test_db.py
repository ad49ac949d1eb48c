"""Acts: durable when they return, undone alone when refused, gapless in their numbers."""

import threading

import pytest

from shared import journal
from shared.lib import db
from shared.lib.errors import Refused, Unavailable


@db.act
def note(subject: str) -> int:
    return journal.record("tests.noted", subject).seq


def test_an_act_is_there_when_it_returns(database: str) -> None:
    seq = note("thing:1")
    assert [event.subject for event in journal.events(seq - 1)] == ["thing:1"]


def test_a_refused_act_leaves_nothing_and_its_number_is_used_by_the_next(database: str) -> None:
    first = note("thing:1")

    @db.act
    def refused() -> None:
        note("thing:2")
        raise Refused("no")

    with pytest.raises(Refused):
        refused()
    assert note("thing:3") == first + 1
    assert [event.subject for event in journal.events()] == ["thing:1", "thing:3"]


def test_acts_of_many_threads_are_gapless_and_in_order(database: str) -> None:
    def work() -> None:
        for number in range(50):
            note(f"thing:{number}")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.seq for event in journal.events(limit=1000)] == list(range(1, 401))


def test_an_act_joins_the_act_it_is_called_in(database: str) -> None:
    @db.act
    def both() -> tuple[int, int]:
        return note("thing:1"), note("thing:2")

    with pytest.raises(ZeroDivisionError):

        @db.act
        def broken() -> None:
            note("thing:0")
            raise ZeroDivisionError

        broken()
    assert both() == (1, 2)


def test_readers_cannot_write(database: str) -> None:
    with db.reading() as session, pytest.raises(Exception, match=r"readonly|read-only"):
        session.connection().exec_driver_sql("INSERT INTO counter (name, value) VALUES ('x', 1)")


def test_reactions_share_the_act_and_hooks_come_after_it(database: str) -> None:
    heard: list[int] = []
    inside: list[bool] = []
    journal.within("tests.noted", lambda event: inside.append(db.in_act()))
    journal.after_commit(lambda event: heard.append(event.seq))
    seq = note("thing:1")
    assert inside == [True]
    assert heard == [seq]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_commit_that_fails_spoils_no_other(database: str) -> None:
    @db.act
    def refused_at_the_commit() -> None:
        db.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        journal.record("tests.broken", "thing:1", person_id=999_999)

    with pytest.raises(Unavailable):
        refused_at_the_commit()
    assert note("thing:2") == 1
