"""B1.8, B3.3: the phone register of a year is closed with it, and filed by the tenth working day of January (T19)."""

from datetime import UTC, datetime

from sqlalchemy import select

from console import due_volumes
from shared import accounts, alerts, phone, register, volumes
from shared.alerts import ending, filing, letter
from shared.alerts.model import Alert, Delivery
from shared.lib import clock, db
from shared.lib.actor import Actor, acting_as
from tests.shared.phone.conftest import Desk, running

BOOK = register.book_of(phone.REGISTER)


def at(desk: Desk, day: datetime) -> None:
    desk.at = day
    desk.moves(seconds=0)


def test_b1_8_the_year_is_closed_with_its_last_day_and_is_due_by_the_tenth_working_day(desk: Desk) -> None:
    for _call in range(3):
        desk.writes(outcome="answered", offer="", wanted=None)
    at(desk, datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
    assert volumes.close_full() == 0
    at(desk, datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert volumes.close_full() == 1
    [volume] = volumes.page()[0]
    assert (volume.register, volume.period, volume.rows) == ("phone", "2026", 3)
    due = running(f"volume:{volume.token}")["T19"]
    assert due.due == datetime(2027, 1, 14, 10, 0, tzinfo=UTC), "the tenth day from Monday to Friday, at 18:00"


def test_b3_3_on_the_twentieth_of_january_it_is_late_and_the_manager_is_told_until_it_is_filed(desk: Desk) -> None:
    filing.join()
    made = accounts.NewAccount(name="罗静", roles=frozenset({"admin_manager"}), person_id=desk.cast.host.id)
    accounts.add_account(made)
    desk.writes(outcome="answered", offer="", wanted=None)
    at(desk, datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    volumes.close_full()
    [volume] = volumes.page()[0]
    at(desk, datetime(2027, 1, 14, 9, 59, tzinfo=UTC))
    assert alerts.filing_calls(desk.cast.host.id) == []
    at(desk, datetime(2027, 1, 20, 2, 0, tzinfo=UTC))
    due = running(f"volume:{volume.token}")["T19"]
    assert due.colour(clock.now()) == "late"
    assert due_volumes.describe([due], masked=False)[due.id].then == "Filing is overdue by 6 days"
    at(desk, datetime(2027, 3, 1, 2, 0, tzinfo=UTC))
    assert ending.expire(desk.at) == 0, "weeks later it is still not filed"
    [called] = alerts.filing_calls(desk.cast.host.id)
    with db.reading() as session:
        query = select(Delivery.id).join(Alert).where(Alert.kind == "overdue", Delivery.channel == "email")
        mail = letter.of_delivery(session.scalars(query).one())
    assert mail is not None and mail["Subject"] == "未按时归档：来电记录表第 1 册"
    with acting_as(desk.lin):
        volumes.hand_over(volume.token)
        assert called in alerts.filing_calls(desk.cast.host.id), "handed over is not filed"
        volumes.take_back(volume.token)
        assert alerts.filing_calls(desk.cast.host.id) == [called]
        volumes.hand_over(volume.token)
    with acting_as(Actor("account", 99, "吴悦", frozenset({"admin_officer"}))):
        volumes.receive(volume.token)
    assert alerts.filing_calls(desk.cast.host.id) == []


def test_a_volume_that_is_full_in_spring_is_nobodys_before_the_year_is_over(desk: Desk) -> None:
    desk.writes(outcome="answered", offer="", wanted=None)
    desk.moves(minutes=20)
    with acting_as(desk.lin):
        token = volumes.close_now(BOOK)
    due = running(f"volume:{token}")["T19"]
    assert due.starts == datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
