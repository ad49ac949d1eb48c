"""More than 200 rows about visitors within an hour: the privacy officer hears of it, once an hour, without a name."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared import accounts, journal, privacy
from shared.alerts.model import Email
from shared.lib import clock, db
from shared.lib.actor import Actor, acting_as
from shared.lib.config import settings
from shared.privacy import counting
from shared.privacy.model import RowsShown
from tests.shared.accounts.conftest import signs_up
from tests.shared.deadlines.conftest import Clock

LOOKS = Actor("account", 7, "林晓彤", frozenset({"receptionist"}))


@pytest.fixture
def time(database: str, monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setenv("DESK_SMTP_URL", "smtp://127.0.0.1:1")
    settings.cache_clear()
    standing = Clock()
    clock.set_clock(standing)
    accounts.forget()
    signs_up("韩雪梅", "privacy_officer", password=None, email="han@example.com", language="zh_Hans")
    signs_up("Lin", "privacy_officer", password=None, email="lin@example.com", language="en")
    signs_up("Zhou", "receptionist", password=None, email="zhou@example.com")
    return standing


def sees(first: int, last: int, who: Actor = LOOKS) -> None:
    with acting_as(who):
        privacy.shown(range(first, last))


def letters() -> list[tuple[str | None, str]]:
    with db.reading() as session:
        return [(one.to, f"{one.subject} {one.text}") for one in session.scalars(select(Email).order_by(Email.id))]


def test_200_rows_are_a_days_work_and_one_more_is_told_to_every_officer(time: Clock) -> None:
    sees(0, 200)
    sees(100, 200)
    assert (privacy.unseen(), letters()) == ([], [])
    sees(200, 201)
    assert [(one.who, one.rows) for one in privacy.unseen()] == [("account:7", 201)]
    assert {to for to, _words in letters()} == {"han@example.com", "lin@example.com"}
    for _to, words in letters():
        assert "林晓彤" not in words and f"{settings().url}/console/privacy" in words
    assert any("一小时内" in words for _to, words in letters())


def test_the_same_account_is_told_of_once_an_hour_and_another_at_once(time: Clock) -> None:
    sees(0, 300)
    sees(300, 600)
    assert len(privacy.unseen()) == 1
    sees(0, 201, Actor("token", 3, "sync"))
    assert {one.who for one in privacy.unseen()} == {"account:7", "token:3"}
    time.at += timedelta(minutes=61)
    sees(600, 900)
    assert [one.who for one in privacy.unseen()].count("account:7") == 2


def test_what_was_seen_an_hour_ago_counts_no_more_and_is_forgotten(time: Clock) -> None:
    sees(0, 150)
    time.at += timedelta(minutes=65)
    sees(150, 300)
    assert privacy.unseen() == []
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(RowsShown)) == 1


def test_a_restart_does_not_begin_anew(time: Clock) -> None:
    sees(0, 150)
    counting.forget()
    sees(150, 210)
    assert len(privacy.unseen()) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_written_fails_no_page_and_counts_the_next_time(
    time: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    full = "CREATE TRIGGER full BEFORE INSERT ON rows_shown BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    sees(0, 10)
    db.write(lambda: db.connection().exec_driver_sql(full) and None)
    sees(0, 201)
    assert [one.name for one in caplog.records].count("foyer.privacy") == 1
    db.write(lambda: db.connection().exec_driver_sql("DROP TRIGGER full") and None)
    assert privacy.unseen() == []
    sees(0, 201)
    assert [one.rows for one in privacy.unseen()] == [201]


def test_a_kiosk_and_the_desk_itself_are_not_counted(time: Clock) -> None:
    sees(0, 500, Actor("device", 1, roles=frozenset({"device"})))
    privacy.shown(range(500))
    assert privacy.unseen() == []


def test_somebody_looks_into_it_and_it_leaves_the_page(time: Clock) -> None:
    sees(0, 300)
    one = privacy.unseen()[0]
    privacy.looked_into(one.seq)
    assert privacy.unseen() == []
    assert journal.newest(1)[0].action == "privacy.many_seen"
