"""What is written follows to the second place, log after log, and comes back up to the last part that is whole."""

import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from shared import backups, journal, register, visits
from shared.backups import contents, folder, following, restoring, stream
from shared.lib import clock, control, db
from shared.lib.db import changes
from shared.lib.errors import Unavailable
from tests.cast import checks_in
from tests.serving import wait_for
from tests.shared.backups.conftest import Home
from tests.shared.backups.second import Second, second, seq_of

__all__ = ["second"]


def test_everything_that_has_arrived_comes_back_over_many_logs(
    second: Second, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "PUT_BACK_AT", 60)
    kept: list[tuple[Path, int]] = []
    with second.at_work():
        for number in range(4):
            second.visitors(15)
            seq = second.has_everything()
            kept.append((tmp_path / f"kept-{number}", seq))
            shutil.copytree(second.path, kept[-1][0])
        assert len({stream.log_of(path) for path in second.parts()}) > 3, "more than one log was needed"
    for path, seq in kept:
        second.restored(path)
        assert seq_of(second.home) >= seq


def test_a_log_that_a_reader_holds_up_grows_and_still_follows(second: Second, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "PUT_BACK_AT", 60)
    with second.at_work():
        with db.reading() as session:
            session.execute(sql("SELECT count(*) FROM visit")).all()
            second.visitors(30)
            second.has_everything()
        second.visitors(10)
        seq = second.has_everything()
    second.restored()
    assert seq_of(second.home) >= seq


def test_what_is_entered_last_before_the_desk_stops_is_there_too(
    second: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    with second.at_work():
        monkeypatch.setattr(following, "EVERY", 3600)
        seen = second.keeping.place.reached
        wait_for(lambda: second.keeping.place.reached > seen, "the last look for an hour")
        second.visitors(1)
        seq = journal.last_seq()
    second.restored()
    assert seq_of(second.home) == seq


def test_a_part_that_is_missing_where_one_log_ends_is_noticed(second: Second, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "PUT_BACK_AT", 60)
    with second.at_work():
        for _ in range(12):
            second.visitors(1)
            second.has_everything()
        read = [(path, stream.read(path, second.home.key)) for path in second.parts()]
        ends = [one for one, two in pairwise(read) if one[1][0].log < two[1][0].log and two[1][0].first == 0]
    lost, pieces = ends[-1]
    assert pieces[0].first > 0
    lost.unlink()
    assert any("读不出来" in line for line in second.restored())
    with control.opened():
        assert journal.first_seq() == 1


def test_a_part_that_is_missing_ends_it_there_and_leaves_the_database_whole(second: Second) -> None:
    with second.at_work():
        first = second.has_everything()
        for _ in range(4):
            second.visitors(1)
            second.has_everything()
        lost = second.parts()[-3]
    lost.unlink()
    assert any("读不出来" in line for line in second.restored())
    with_hole = seq_of(second.home)
    assert with_hole >= first


def test_parts_that_end_before_the_back_up_was_made_do_not_take_it_back(second: Second) -> None:
    with second.at_work():
        second.visitors(3)
        second.has_everything()
        tomorrow = clock.now() + timedelta(days=1)
        clock.set_clock(lambda: tomorrow)
        wait_for(lambda: len(folder.backups(second.path)) == 2, "a later back-up")
        parts = second.parts()
    for part in parts[1:]:
        part.unlink()
    second.restored()
    about = contents.look(folder.backups(second.path)[0], second.home.key)
    assert about.frames > 0
    assert seq_of(second.home) == about.seq


def test_a_damaged_part_ends_it_there(second: Second) -> None:
    with second.at_work():
        first = second.has_everything()
        second.visitors(1)
        second.has_everything()
        part = second.parts()[-1]
    raw = bytearray(part.read_bytes())
    raw[-20] ^= 1
    part.write_bytes(raw)
    second.restored()
    assert seq_of(second.home) >= first


def test_a_newest_back_up_that_does_not_open_gives_way_to_the_one_before(second: Second) -> None:
    with second.at_work():
        second.visitors(3)
        seq = second.has_everything()
    with second.at_work():
        second.visitors(1)
        second.has_everything()
    newest, before = folder.backups(second.path)
    newest.write_bytes(newest.read_bytes()[:-1])
    said = second.restored()
    assert any(line.startswith(newest.name) for line in said)
    assert any(before.name in line for line in said)
    assert seq_of(second.home) >= seq


def test_a_commit_that_failed_half_way_begins_a_new_stream(second: Second) -> None:
    with second.at_work():
        stream_before = second.keeping.following.name()

        def breaks_at_the_commit() -> None:
            db.connection().execute(sql("PRAGMA defer_foreign_keys=ON"))
            journal.record("tests.broken", "thing:1", person_id=999_999)

        with pytest.raises(Unavailable):
            db.write(breaks_at_the_commit)
        wait_for(lambda: second.keeping.following.name() != stream_before, "a new stream")
        wait_for(lambda: folder.stream_of(folder.backups(second.path)[0]) != stream_before, "a back-up of its own")
        second.visitors(1)
        seq = second.has_everything()
    second.restored()
    assert seq_of(second.home) >= seq


def test_a_log_that_is_longer_than_what_may_wait_is_taken_whole_at_the_beginning(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with control.opened():
        for number in range(10):
            checks_in(visitor_name=f"访客{number}")
        monkeypatch.setattr(changes, "MOST_HELD", 20_000)
        found = db.follow_changes()
        db.between(found.take)
        assert found.held > 20_000
        assert not found.broken
        for number in range(10):
            checks_in(visitor_name=f"访客{number}")
        db.between(found.take)
        assert found.broken, "what comes after it may not grow for ever"
        db.before_close(found.close)


def test_what_was_erased_does_not_come_back_from_a_back_up_of_before(second: Second, home: Home) -> None:
    backups.after_restore(lambda restored: register.replay())
    try:
        with second.at_work():
            early = folder.backups(second.path)[0]
            token = home.chen
            later = clock.now() + timedelta(days=1000)
            visits.depart(token, how="reception")
            clock.set_clock(lambda: later)
            register.run()
            clock.reset()
            second.has_everything()
        shutil.copy(early, second.path.parent / "early.backup")
        (home.data / "purged.jsonl").unlink()  # the data folder is lost
        second.restored(early)
        assert "陈嘉豪".encode() not in (home.data / "desk.db").read_bytes()
        assert (home.data / "purged.jsonl").read_text().count(token) >= 1
    finally:
        restoring._afterwards.clear()


def test_a_log_that_is_cut_to_nothing_has_been_taken_before(second: Second, monkeypatch: pytest.MonkeyPatch) -> None:
    with second.at_work():
        monkeypatch.setattr(following, "EVERY", 3600)
        seen = second.keeping.place.reached
        wait_for(lambda: second.keeping.place.reached > seen, "the last look for an hour")
        second.visitors(60)  # more pages than the next visitor writes again
        db.cut_log()
        second.visitors(1)
        seq = journal.last_seq()
    second.restored()
    assert seq_of(second.home) == seq
