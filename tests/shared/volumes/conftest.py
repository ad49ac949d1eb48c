"""A desk in the middle of a month, and visitors who come and leave."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from shared import accounts, visits
from shared.lib import clock
from shared.lib.actor import Actor
from tests.cast import Cast, checks_in, people
from tests.shared.deadlines.conftest import Clock

RECEPTION = Actor("account", 2, "小林", frozenset({"receptionist"}))
OFFICER = Actor("account", 3, "沈专员", frozenset({"admin_officer"}))
MANAGER = Actor("account", 4, "钱经理", frozenset({"admin_manager"}))
Come = Callable[..., str]


@pytest.fixture
def time(database: str) -> Clock:
    standing = Clock()
    standing.at = datetime(2026, 11, 10, 2, tzinfo=UTC)
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    visits.join()
    for who in (Actor("account", 1, "管理员"), RECEPTION, OFFICER, MANAGER):
        accounts.add_account(accounts.NewAccount(name=who.name, roles=who.roles or {"sysadmin"}))
    return people()


@pytest.fixture
def come(cast: Cast, time: Clock) -> Come:
    """Somebody comes, stays for ten minutes, and leaves; gives the token."""

    def comes(name: str = "陈嘉豪", **more: object) -> str:
        token = checks_in(cast.host, visitor_name=name, **more).token
        time.at += timedelta(minutes=10)
        visits.depart(token, how="console", badge_returned=True)
        return token

    return comes
