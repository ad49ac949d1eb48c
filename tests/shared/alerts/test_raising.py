"""Whom a check-in tells, in the same transaction."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from shared import alerts, company, deadlines, directory, visits
from shared.alerts import Delivery
from shared.lib import clock, db, i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.db import prepared
from tests.cast import Cast, checks_in, goes_in
from tests.shared.alerts.conftest import Clock, Office

LEASED = datetime(2026, 11, 23, 2, 27, tzinfo=UTC)
LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


def channels(alert: alerts.AlertView) -> list[tuple[str, str]]:
    return [(one.channel, one.state) for one in alert.deliveries]


def test_a_visitor_with_a_host_gives_one_alert_with_a_delivery_a_channel(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    assert alert.subject == f"visit:{done.token}"
    assert channels(alert) == [("screen", "queued"), ("email", "queued")]
    assert alert.expires_at - alert.created_at == timedelta(hours=24)


def test_a_visitor_without_a_host_tells_nobody(office: Office, cast: Cast) -> None:
    done = checks_in("somebody else")
    assert alerts.page()[0] == []
    assert alerts.for_visits([done.id]) == {}


def test_a_host_without_an_address_has_the_page_alone(office: Office, cast: Cast) -> None:
    checks_in(cast.leader)
    assert channels(alerts.open_for(cast.leader.id)[0]) == [("screen", "queued")]


def test_without_a_mail_server_the_card_says_so(cast: Cast) -> None:
    done = checks_in(cast.host)
    with i18n.use("en"):
        said = [one.sentence for one in alerts.for_visits([done.id])[done.id] if one.failed]
    assert said == ["E-mail failed: e-mail is not set up"]


def test_the_demo_does_not_complain_about_mail(cast: Cast) -> None:
    company.change(company.facts().model_copy(update={"demo": True}))
    checks_in(cast.host)
    assert channels(alerts.open_for(cast.host.id)[0]) == [("screen", "queued")]


def test_an_alert_that_cannot_be_written_undoes_the_check_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("shared.alerts.raising.deliver", breaks)
    with pytest.raises(RuntimeError):
        checks_in(cast.host)
    assert visits.page()[0] == []


class Listening:
    """The driver's connection, and what is said to it."""

    def __init__(self, driver: Any, heard: list[str]) -> None:
        self.driver, self.heard = driver, heard

    def execute(self, statement: str, values: Any) -> Any:
        self.heard.append(statement)
        return self.driver.execute(statement, values)

    def cursor(self) -> "Listening":
        return self

    def executemany(self, statement: str, rows: Any) -> None:
        self.heard.append(statement)
        self.driver.cursor().executemany(statement, rows)


def test_telling_a_host_costs_three_statements(office: Office, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    checks_in(cast.host)
    driver = prepared._driver
    monkeypatch.setattr(prepared, "_driver", lambda connection: Listening(driver(connection), heard))
    checks_in(cast.host)
    about = [statement for statement in heard if "alert" in statement or "delivery" in statement]
    assert len(about) == 3, about


def test_a_host_hears_five_a_minute_and_the_others_as_one(office: Office, cast: Cast) -> None:
    done = [checks_in(cast.host, visitor_name=f"访客{'一二三四五六七八九十'[n % 10]}{n}") for n in range(100)]
    mine = alerts.open_for(cast.host.id)
    assert [one.summary for one in mine] == [False] * 5 + [True]
    assert mine[-1].count == 95
    told = alerts.for_visits([one.id for one in done])
    assert len(told) == 100, "nobody is told nothing"
    assert alerts.open_for(cast.other.id) == [], "and another host hears nothing of it"


def test_the_next_minute_is_a_new_one(office: Office, cast: Cast, time: Clock) -> None:
    for _ in range(5):
        checks_in(cast.host)
    time.moves(seconds=61)
    checks_in(cast.host)
    assert [one.summary for one in alerts.open_for(cast.host.id)] == [False] * 6


def test_a_summary_is_over_when_all_its_visitors_are(office: Office, cast: Cast) -> None:
    done = [checks_in(cast.host) for _ in range(7)]
    assert alerts.open_for(cast.host.id)[-1].count == 2
    with acting_as(LIN):
        goes_in(done[5].token)
        visits.depart(done[5].token, how="console")
        assert alerts.open_for(cast.host.id)[-1].count == 1
        left = visits.depart(done[6].token, how="console")
        assert not any(one.summary for one in alerts.open_for(cast.host.id))
        visits.undo(left.seq)
    assert alerts.open_for(cast.host.id)[-1].count == 1


def test_choosing_another_host_takes_the_alert_back_and_tells_the_new_one(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host)
    [before] = alerts.open_for(cast.host.id)
    with acting_as(LIN):
        visits.assign(done.token, directory.ref_of(cast.other))
    assert alerts.one(before.token).state == "cancelled"
    assert alerts.lately_over(cast.host.id)[0].token == before.token
    assert [one.subject for one in alerts.open_for(cast.other.id)] == [before.subject]


def test_a_host_that_is_put_right_is_told(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host)
    version = visits.by_token(done.token).row_version
    with acting_as(LIN):
        visits.correct(done.token, visits.Correction(row_version=version, visitor_name="陈家豪"))
        assert len(alerts.open_for(cast.host.id)) == 1, "another name is no other alert"
        ref = visits.Correction.model_validate(
            {"row_version": version + 1, "host": {"ref": directory.ref_of(cast.other)}}
        )
        visits.correct(done.token, ref)
    assert alerts.open_for(cast.host.id) == []
    assert len(alerts.open_for(cast.other.id)) == 1


def test_a_host_whose_visitor_left_a_message_hears_nothing_of_a_letter_put_right(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host)
    message = {"from_name": "陈嘉豪", "message": "样品周五到", "no_call_back": True, "read_back": True}
    with acting_as(LIN):
        visits.leave_message(done.token, visits.LeftMessage.model_validate(message))
        before = len(alerts.page()[0])
        version = visits.by_token(done.token).row_version
        visits.correct(done.token, visits.Correction(row_version=version, visitor_name="陈家豪"))
    assert alerts.open_for(cast.host.id) == [] and len(alerts.page()[0]) == before
    assert "T02" not in {row.key for row in deadlines.open_now()}


def test_the_sixth_visitor_of_a_minute_is_put_right_without_a_second_alert(office: Office, cast: Cast) -> None:
    came = [checks_in(cast.host, visitor_name=f"访客{number}") for number in range(6)]
    before = len(alerts.page()[0])
    version = visits.by_token(came[-1].token).row_version
    with acting_as(LIN):
        visits.correct(came[-1].token, visits.Correction(row_version=version, visitor_name="陈家豪"))
    assert len(alerts.page()[0]) == before


def test_a_met_visitor_settles_the_alert_and_undo_opens_it_again(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    with acting_as(LIN):
        met = goes_in(done.token)
        assert alerts.one(alert.token).state == "settled"
        assert alerts.for_visits([done.id]) == {}
        visits.undo(met.seq)
    assert alerts.one(alert.token).state == "open"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"state": "queued"}, "now"),
        ({"state": "failed", "reason": "busy"}, "now"),
        ({"state": "failed", "reason": "too_late"}, "now"),
        ({"state": "sending", "claimed_by": "x", "claimed_until": LEASED}, "lease"),
        ({"state": "failed", "reason": "unknown_address"}, None),
        ({"state": "sent"}, None),
    ],
)
def test_undo_lets_a_letter_go_on_where_it_was(
    office: Office, cast: Cast, time: Clock, before: dict[str, Any], after: str | None
) -> None:
    done = checks_in(cast.host)
    letter = Delivery.channel == "email"
    db.write(lambda: db.connection().execute(update(Delivery).where(letter).values(before)))
    with acting_as(LIN):
        left = visits.depart(done.token, how="console")
        time.moves(seconds=5)
        visits.undo(left.seq)
    with db.reading() as session:
        due = session.scalar(select(Delivery.next_at).where(letter))
    assert due == {"now": time.at, "lease": LEASED}.get(after or "")


def test_a_day_later_nobody_is_asked_any_more(office: Office, cast: Cast, time: Clock) -> None:
    from shared.alerts.ending import expire

    checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    assert expire(clock.now()) == 0
    time.moves(hours=24)
    assert expire(clock.now()) == 1
    assert alerts.one(alert.token).state == "expired"
    assert alerts.open_for(cast.host.id) == []
