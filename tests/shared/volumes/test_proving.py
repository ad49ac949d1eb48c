"""The archive proves itself: what was changed afterwards is found, what was forgotten by the rules is not (0.5)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from shared import register, visits, volumes
from shared.lib import db
from shared.visits import Visit
from shared.volumes import Edition, Proof, Volume
from shared.volumes.chain import digest
from tests.shared.deadlines.conftest import Clock
from tests.shared.volumes.conftest import Come

NAME, FIRM = "陈嘉豪", "深蓝物联"


@pytest.fixture
def token(come: Come, time: Clock) -> str:
    """The first of five rows in two closed volumes."""
    tokens = [come(NAME), come("欧阳雪")]
    time.at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    volumes.close_full()
    tokens += [come(), come(), come()]
    time.at = datetime(2027, 1, 4, 2, tzinfo=UTC)
    assert volumes.close_full() == 1
    return tokens[0]


def proof() -> Proof:
    (found,) = [one for one in volumes.verify() if one.register == "visit"]
    return found


def changed(table: type[db.Base], key: int, **values: object) -> None:
    """Somebody writes into the database."""
    db.write(lambda: db.session().execute(update(table).where(table.__table__.c.id == key).values(values)))


def texts() -> list[str]:
    return [one.text or "" for volume in volumes.page()[0] for one in volumes.editions(volume.id)]


def test_what_nobody_touched_is_proven(token: str) -> None:
    found = proof()
    assert (found.volumes, found.editions, found.lines, found.sealed, found.wrong) == (2, 2, 5, 5, [])
    first, second = volumes.editions(1)[0], volumes.editions(2)[0]
    assert (first.previous, second.previous, found.last) == ("0" * 64, first.sha256, second.sha256)


def test_the_redacted_edition_holds_no_name_from_the_start(token: str) -> None:
    assert texts()
    for written in texts():
        assert not any(name in written for name in (NAME, FIRM, "王建明", "前台"))
        assert "VIS-2026-" in written


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"visitor_name": "张三"}, "VIS-2026-00001: the line has been changed"),
        ({"party_size": 7}, "VIS-2026-00001: party was '1' and is '7'"),
        ({"purpose": "private"}, "purpose was 'business' and is 'private'"),
        ({"left_at": datetime(2026, 11, 10, 9, tzinfo=UTC)}, "left was"),
        ({"host_id": 1}, "the line has been changed"),
    ],
)
def test_a_row_that_was_changed_afterwards_is_named(token: str, values: dict[str, object], said: str) -> None:
    changed(Visit, visits.by_token(token).id, **values)
    assert any(said in words for words in proof().wrong), proof().wrong


def test_a_row_that_was_taken_out_is_missed(token: str) -> None:
    db.write(lambda: db.session().execute(text("DELETE FROM register_filed WHERE row_id = 1")))
    assert any("volume 1 has 1 rows instead of 2" in words for words in proof().wrong)


def test_an_edition_that_was_changed_breaks_the_chain(token: str) -> None:
    edition = volumes.editions(1)[0]
    changed(Edition, edition.id, text=(edition.text or "").replace('"1"', '"2"'))
    assert "edition 1 has been changed" in proof().wrong
    forged = volumes.editions(1)[0].text or ""
    changed(Edition, edition.id, sha256=digest(forged))
    assert "edition 2 does not follow the one before it" in proof().wrong


def test_a_volume_that_was_taken_out_is_missed(token: str) -> None:
    for statement in (
        "DELETE FROM register_edition WHERE volume_id = 1",
        "DELETE FROM register_filed WHERE volume_id = 1",
    ):
        db.write(lambda said=statement: db.session().execute(text(said)))
    db.write(lambda: db.session().execute(text("DELETE FROM register_volume WHERE id = 1")))
    assert {"volume 1 is missing", "edition 2 does not follow the one before it"} <= set(proof().wrong)


def test_a_seal_that_was_taken_away_is_missed(token: str) -> None:
    db.write(lambda: db.session().execute(text("UPDATE register_filed SET seal = NULL WHERE row_id = 1")))
    assert any("VIS-2026-00001: its seal has been taken away" in words for words in proof().wrong)


def test_the_newest_volume_is_missed_too(token: str) -> None:
    for table, column in (("edition", "volume_id"), ("filed", "volume_id"), ("volume", "id")):
        gone = f"DELETE FROM register_{table} WHERE {column} = 2"
        db.write(lambda said=gone: db.session().execute(text(said)))
    assert proof().wrong == ["volume 2 is missing at the end"]


def test_what_was_destroyed_before_its_time_was_taken_away(token: str, time: Clock) -> None:
    changed(Volume, 1, destroyed_at=time.at)
    changed(Edition, 1, text=None)
    assert proof().wrong == ["volume 1 was destroyed before its time"]


def test_an_older_edition_that_lost_its_text_is_missed(token: str) -> None:
    visits.erase(token)
    changed(Edition, 1, text=None)
    assert "volume 1 has lost its text" in proof().wrong


def test_numbers_that_are_missing_between_volumes(token: str) -> None:
    changed(Volume, 2, from_no="VIS-2026-00004")
    assert "numbers are missing between VIS-2026-00002 and VIS-2026-00004" in proof().wrong


@pytest.mark.parametrize("rubbish", ["", "{}", "[]", '{"register":"visit"}', "not an edition"])
def test_whatever_stands_there_is_told_and_the_rest_is_proven(token: str, rubbish: str) -> None:
    changed(Edition, 1, text=rubbish, sha256=digest(rubbish))
    found = proof()
    assert {"edition 1 cannot be read", "volume 1 cannot be read"} <= set(found.wrong)
    assert (found.volumes, found.lines) == (2, 3)


def test_what_the_schedule_forgets_leaves_the_chain_whole(token: str, time: Clock) -> None:
    last = proof().last
    time.at = datetime(2027, 1, 20, tzinfo=UTC)
    assert register.run().counts["V1"] == 2
    found = proof()
    assert visits.by_token(token).visitor_name == "陈**"
    assert (found.wrong, found.sealed, found.last) == ([], 3, last)
    db.write(
        lambda: db.session().execute(update(Visit).where(Visit.token == token).values(left_how="auto", met_at=None))
    )
    assert any("outcome was" in words for words in proof().wrong), "what stays is still proven"


def test_4_7_an_erasure_on_request_is_a_redacted_reissue(token: str) -> None:
    visits.erase(token)
    assert [one.why for one in volumes.editions(1)] == ["closed", "erased"]
    assert [one.issue for one in volumes.editions(1)] == [1, 2]
    assert proof().wrong == []


def test_4_6_after_three_years_the_volume_is_destroyed_with_a_record(token: str, time: Clock) -> None:
    time.at = datetime(2026, 12, 1, 2, tzinfo=UTC) + timedelta(days=3 * 365, minutes=-1)
    assert register.run().counts["V4"] == 0
    time.at += timedelta(minutes=1)
    assert register.run().counts["V4"] == 1
    gone = volumes.page()[0][-1]
    assert (gone.number, gone.destroyed_at, gone.from_no) == (1, time.at, "VIS-2026-00001")
    assert [one.text for one in volumes.editions(gone.id)] == [None]
    found = proof()
    assert (found.wrong, found.destroyed, found.lines) == ([], 1, 3)
    db.write(lambda: db.session().execute(update(Volume).where(Volume.id == 1).values(destroyed_at=None)))
    assert "volume 1 has lost its text" in proof().wrong
