"""A desk with a list, hosts who are told, and somebody of the administration who is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from shared import accounts, alerts, directory, notice, presence, register, visits, watch_list
from shared.directory import PersonView
from shared.lib import clock
from shared.lib.actor import Actor, acting_as
from shared.watch_list import EntryView, MatchView, WatchForm
from tests.cast import Cast, people
from tests.shared.alerts.conftest import Clock, time

__all__ = ["Clock", "register", "time"]
RECEPTION = Actor("token", 101, "林晓彤", frozenset({"receptionist"}))
PRIVACY = Actor("account", 102, "何律", frozenset({"privacy_officer"}))


@dataclass
class Desk:
    """The cast, and who of the administration is at work."""

    cast: Cast
    manager: PersonView


@pytest.fixture
def desk(time: Clock, database: str) -> Iterator[Desk]:
    clock.set_clock(time)
    notice.publish()
    for noun in (accounts, presence, visits, alerts):
        noun.join()
    cast = people()
    office = directory.departments()[0].token
    manager = directory.add_person(directory.PersonForm(name="韩雪梅", department=office, email="han@example.com"))
    new = {"name": "韩雪梅", "person_id": manager.id, "roles": ["admin_manager"]}
    accounts.add_account(accounts.NewAccount.model_validate(new))
    yield Desk(cast, manager)


def listed(name: str = "陈嘉豪", **more: Any) -> EntryView:
    """Somebody is put on the list."""
    given = {"name": name, "reason": "闹过事", "instruction": "通知安保", **more}
    with acting_as(PRIVACY):
        return watch_list.add(WatchForm.model_validate(given))


def matched(visit_id: int) -> list[MatchView]:
    return list(watch_list.of_visit(visit_id))


def decides(visit_id: int, *, is_them: bool) -> watch_list.Decided:
    """Reception decides about somebody who may be on the list."""
    [match] = matched(visit_id)
    with acting_as(RECEPTION):
        return watch_list.decide(match.token, is_them=is_them)
