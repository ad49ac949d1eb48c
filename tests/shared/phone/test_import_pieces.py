"""A call list comes in in pieces: nothing of it is seen before its end, whatever happens, and nobody waits for it."""

import gc
import threading
from datetime import timedelta

import pytest

from shared import phone
from shared.lib import db
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Invalid
from shared.lib.gently import uncollected
from shared.phone import cdr, importing, settling
from tests.serving import wait_for
from tests.shared.phone.conftest import NINE, Desk
from tests.shared.phone.lists import GENERIC, generic
from tests.shared.phone.test_importing import MISSED, TODAY, calls, imports, records


def many(count: int, *, answered: bool = False, last: float = 5.0) -> dict[str, cdr.Record]:
    """Calls of this morning; how long the last one rang may be more than the database believes."""
    rings = [5.0] * (count - 1) + [last]
    made = [
        cdr.Record(NINE - timedelta(seconds=second), f"+86154{second:08d}", answered, ring)
        for second, ring in enumerate(rings)
    ]
    return {one.fingerprint: one for one in made}


def sealed(calls: dict[str, cdr.Record]) -> list[dict[str, object]]:
    """Calls as they are written."""
    return [importing.sealed(row) for row in importing.plan(calls).new]


def test_an_import_that_breaks_in_its_third_chunk_leaves_nothing_to_be_seen(desk: Desk) -> None:
    with acting_as(desk.lin), pytest.raises(Exception, match="ck_phone_record_ring"):
        importing.take(many(2 * importing.CHUNK + 1, answered=True, last=-1.0))
    assert records() == 2 * importing.CHUNK, "two chunks were written"
    assert calls() == [] and phone.unrecorded(TODAY) == []
    assert phone.answering(TODAY, TODAY) == phone.Answering(0, 0)
    said = imports(desk, MISSED)
    assert (said.known, said.to_call, records(), len(calls())) == (0, 1, 1, 1), "what was left is gone"


def test_of_long_lists_there_is_one_at_a_time_and_a_short_one_comes_in_beside_it(desk: Desk) -> None:
    long = generic("2026-11-23 09:00:00,15400000921,否,25", *[""] * cdr.APART)
    short = generic("2026-11-23 09:00:00,15400000921,否,25")
    with importing.ALONE, pytest.raises(Conflict):
        phone.import_calls(long, GENERIC, rehearse=True)
    with importing.ALONE:
        assert phone.import_calls(short, GENERIC, rehearse=True).rows == 1
    with pytest.raises(Invalid):
        phone.import_calls(long, GENERIC, rehearse=True)
    assert not importing.ALONE.locked() and gc.isenabled()


def test_an_import_that_hangs_or_breaks_leaves_garbage_to_be_looked_for() -> None:
    with uncollected(0.05):
        assert not gc.isenabled()
        wait_for(gc.isenabled, "garbage to be looked for again")
    with pytest.raises(KeyError), uncollected(), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_a_chunk_ends_as_soon_as_somebody_waits(desk: Desk) -> None:
    rows = sealed(many(3 * importing.AT_ONCE))
    import_id = importing.begin()
    somebody = threading.Thread(target=lambda: db.write(lambda: None))

    def meanwhile() -> int:
        somebody.start()
        while not db.awaited():
            continue
        return importing.keep(import_id, rows)

    assert db.write(meanwhile) == importing.AT_ONCE
    somebody.join()
    assert importing.keep(import_id, rows[importing.AT_ONCE :]) == 2 * importing.AT_ONCE
    assert records() == 3 * importing.AT_ONCE


def test_an_import_whose_desk_was_killed_is_dropped_by_the_next(desk: Desk) -> None:
    with acting_as(desk.lin):
        left = importing.begin()
        importing.keep(left, sealed(many(20)))
        assert settling.settle() == 0 and calls() == [], "the register hears of it at the end"
        with pytest.raises(Conflict):
            importing.begin()
        desk.moves(seconds=60)
        imports(desk, MISSED)
        with pytest.raises(Conflict):
            importing.keep(left, sealed(many(5)))
        with pytest.raises(Conflict):
            importing.finish(left, 20, 20)
    assert (records(), len(calls())) == (1, 1)


def test_what_the_register_was_not_told_any_more_it_is_told_at_the_next_import(desk: Desk) -> None:
    with acting_as(desk.lin):
        import_id = importing.begin()
        importing.keep(import_id, sealed(many(60)))
        importing.finish(import_id, 60, 60)  # and here the desk stops
        assert 0 < len(calls()) < 60
        importing.take(many(60))
    assert (len(calls()), records()) == (60, 60)
