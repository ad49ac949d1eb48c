"""The officer hears on every way that a full register is handed over, until somebody has it (procedure 一.1.9)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared import accounts, alerts, directory, visits, volumes
from shared.alerts import letter
from shared.alerts.model import Alert, Delivery
from shared.lib import db
from shared.lib.actor import Actor, acting_as
from shared.volumes import Rejection
from tests.cast import checks_in
from tests.shared.alerts.conftest import Cast, Clock

DESK = Actor("account", 1, "林晓彤", frozenset({"receptionist"}))


@pytest.fixture
def token(cast: Cast, time: Clock) -> str:
    """A volume that waits to be handed over; the other of the cast is the officer, the host the manager."""
    accounts.add_account(accounts.NewAccount(name="林晓彤", roles=frozenset({"receptionist"})))
    for person, role in ((cast.other, "admin_officer"), (cast.host, "admin_manager")):
        accounts.add_account(accounts.NewAccount(name=person.name, roles=frozenset({role}), person_id=person.id))
    visits.depart(checks_in().token, how="console")
    time.at += timedelta(days=40)
    volumes.close_full()
    return volumes.page()[0][0].token


def called(person: directory.PersonView) -> list[str]:
    return [one.subject for one in alerts.filing_calls(person.id)]


def test_a1_9_the_officer_is_told_until_they_have_it(cast: Cast, token: str) -> None:
    assert called(cast.other) == []
    with acting_as(DESK):
        volumes.hand_over(token)
    assert called(cast.other) == [f"volume:{token}"]
    assert called(cast.host) == [], "the manager stands in only where there is no officer"
    with db.reading() as session:
        query = select(Delivery.id).join(Alert).where(Alert.kind == "filing", Delivery.channel == "email")
        mail = letter.of_delivery(session.scalars(query).one())
    assert mail is not None
    assert "第 1 册" in mail["Subject"] and "陈嘉豪" not in mail.as_string()
    with acting_as(Actor("account", 2, "尉迟明", frozenset({"admin_officer"}))):
        volumes.receive(token)
    assert called(cast.other) == []


@pytest.mark.parametrize("how", ["taken back", "sent back"])
def test_what_goes_back_calls_nobody_any_more(cast: Cast, token: str, how: str) -> None:
    with acting_as(DESK):
        volumes.hand_over(token)
        if how == "taken back":
            volumes.take_back(token)
        else:
            volumes.reject(token, Rejection(reason="缺一页"))
    assert called(cast.other) == []


def test_without_an_officer_the_manager_is_told(cast: Cast, token: str) -> None:
    accounts.disable(next(one.token for one in accounts.accounts() if "admin_officer" in one.roles))
    with acting_as(DESK):
        volumes.hand_over(token)
    assert called(cast.host) == [f"volume:{token}"]
