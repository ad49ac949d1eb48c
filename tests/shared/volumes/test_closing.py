"""A used-up register is closed, handed over and archived; nobody writes in it any more (procedure 一.1.9, 0.5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared import deadlines, journal, visits, volumes
from shared.lib import db
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Forbidden, Invalid
from shared.visits.book import BOOK
from shared.visits.changing import change, visit_of
from shared.visits.reveal import return_badge
from shared.volumes import Filing, Rejection
from tests.cast import Cast, checks_in
from tests.shared.deadlines.conftest import Clock
from tests.shared.volumes.conftest import MANAGER, OFFICER, RECEPTION, Come

DECEMBER = datetime(2026, 12, 1, 2, tzinfo=UTC)


def only() -> volumes.VolumeView:
    (found,), more = volumes.page()
    assert more is None
    return found


def test_a1_9_a_month_that_is_over_is_closed_and_becomes_a_task(come: Come, time: Clock) -> None:
    come("陈嘉豪")
    come("欧阳雪")
    assert volumes.close_full() == 0
    time.at = DECEMBER
    come("单雄信")
    assert volumes.close_full() == 1
    found = only()
    assert (found.number, found.period, found.rows, found.why) == (1, "2026-11", 2, "period")
    assert (found.from_no, found.to_no) == ("VIS-2026-00001", "VIS-2026-00002")
    (task,) = deadlines.running(f"volume:{found.token}")
    assert task.key == BOOK.clock
    assert task.clause.number == "一.1.9"
    assert task.due - time.at <= timedelta(hours=24)
    assert volumes.close_full() == 0, "the rest of the month is still being written"
    assert volumes.open_rows(BOOK) == 1


def test_a1_9_a_full_volume_is_closed_before_the_month_is_over(
    come: Come, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(BOOK, most=3)
    monkeypatch.setattr("shared.volumes.closing.books", lambda: (small,))
    for name in ("甲一", "乙二", "丙三", "丁四"):
        come(name)
    time.at += timedelta(minutes=15)
    assert volumes.close_full() == 1
    assert (only().rows, only().why, only().to_no) == (3, "full", "VIS-2026-00003")


def test_a1_9_rows_of_a_closed_volume_are_read_only(come: Come, cast: Cast, time: Clock) -> None:
    token = come()
    time.at = DECEMBER
    volumes.close_full()
    form = visits.Correction(party_size=3, reason="数错", row_version=visits.by_token(token).row_version)
    with acting_as(RECEPTION):
        with pytest.raises(Forbidden):
            visits.correct(token, form)
        with pytest.raises(Conflict) as refused:
            db.write(lambda: change(visit_of(token), "visits.met", met_at=time.at))
    assert refused.value.code == "filed"
    with acting_as(MANAGER):
        with pytest.raises(Invalid):
            visits.correct(token, form.model_copy(update={"reason": ""}))
        visits.correct(token, form)
    assert visits.by_token(token).party_size == 3
    assert [one.why for one in volumes.editions(only().id)] == ["closed", "corrected"]


def test_the_badge_may_come_back_after_the_volume_is_closed(cast: Cast, time: Clock) -> None:
    token = checks_in(cast.host).token
    visits.depart(token, how="console")
    time.at = DECEMBER
    assert volumes.close_full() == 1
    return_badge(token)
    assert visits.by_token(token).badge_returned
    assert visits.by_token(token).closed_at is not None


def test_whoever_is_still_here_keeps_the_volume_open(come: Come, cast: Cast, time: Clock) -> None:
    come()
    token = checks_in(cast.host, visitor_name="欧阳雪").token
    time.at = DECEMBER
    assert volumes.close_full() == 0
    visits.depart(token, how="auto")
    time.at += timedelta(minutes=14, seconds=59)
    assert volumes.close_full() == 0, "whoever wrote it may still put it right"
    time.at += timedelta(seconds=1)
    assert volumes.close_full() == 1


def test_a_volume_is_closed_by_hand_as_far_as_it_has_come(come: Come, cast: Cast, time: Clock) -> None:
    with pytest.raises(Conflict):
        volumes.close_now(BOOK)
    come()
    checks_in(cast.host, visitor_name="欧阳雪")
    time.at += timedelta(minutes=15)
    found = volumes.one(volumes.close_now(BOOK))
    assert (found.rows, found.why) == (1, "hand")
    with pytest.raises(Conflict):
        volumes.close_now(BOOK)


def test_the_next_volume_goes_on_where_the_last_one_ended(come: Come, time: Clock) -> None:
    for month in (12, 1, 2):
        come()
        time.at = datetime(2026 + (month < 12), month, 1, 2, tzinfo=UTC)
        assert volumes.close_full() == 1
    numbers = [(one.number, one.period, one.from_no) for one in volumes.page()[0]]
    assert numbers == [
        (3, "2027-01", "VIS-2027-00001"),
        (2, "2026-12", "VIS-2026-00002"),
        (1, "2026-11", "VIS-2026-00001"),
    ]


def test_a1_9_handed_over_sent_back_received_and_archived(come: Come, time: Clock) -> None:
    come()
    time.at = DECEMBER
    volumes.close_full()
    token = only().token
    with acting_as(RECEPTION):
        volumes.hand_over(token)
        with pytest.raises(Conflict):
            volumes.hand_over(token)
    with acting_as(OFFICER):
        volumes.reject(token, Rejection(reason="第 2 页没有签名"))
    assert (only().status, only().rejected) == ("rejected", "第 2 页没有签名")
    assert deadlines.running(f"volume:{token}"), "the clock runs until it is received"
    with acting_as(MANAGER):
        volumes.hand_over(token)
        with pytest.raises(Forbidden):
            volumes.receive(token)
    with acting_as(OFFICER):
        volumes.receive(token)
        volumes.archive(token, Filing(archive_no="LF-2026-11"))
    found = only()
    assert (found.status, found.archive_no, found.received_by) == ("archived", "LF-2026-11", "account:3")
    assert not deadlines.running(f"volume:{token}")
    told = [event.action for event in journal.about(f"volume:{token}")]
    assert told == [
        f"volumes.{what}" for what in ("closed", "handed_over", "rejected", "handed_over", "received", "archived")
    ]


def test_what_was_not_handed_over_after_all_is_taken_back(come: Come, time: Clock) -> None:
    come()
    time.at = DECEMBER
    volumes.close_full()
    with acting_as(RECEPTION):
        volumes.hand_over(only().token)
        volumes.take_back(only().token)
    assert (only().status, only().handed_by) == ("closed", None)
    with acting_as(OFFICER), pytest.raises(Conflict):
        volumes.receive(only().token)
