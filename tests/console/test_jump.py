"""A strip on the board tells of a jump of the machine's clock; reception follows it or leaves it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from console import arrivals
from shared import deadlines, notice
from shared.deadlines import jump
from shared.lib import clock
from tests.console.desk import make_app
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def ahead(database: str) -> Iterator[Flask]:
    """A desk whose machine has been set an hour ahead."""
    notice.publish()
    off = timedelta(0)
    clock.set_machine(lambda: datetime.now(UTC) + off)
    clock.reset()
    jump._told = clock.ZERO
    arrivals.forget()
    deadlines.join()
    off = timedelta(hours=1)
    jump.notice()
    yield make_app()
    off = timedelta(0)
    clock.reset()


def test_the_strip_says_by_how_much_and_following_ends_it(ahead: Flask) -> None:
    reception = Reception(ahead)
    before = clock.now()
    html = reception.board()
    assert "clock went 60 min forward" in html
    assert html.count("/console/clock/") == 2
    answer = reception.tells("/console/clock/following")
    assert answer.json["say"].startswith("The desk follows")  # type: ignore[index]
    assert clock.now() - before > timedelta(minutes=59)
    assert "machine" not in reception.board()


def test_whoever_leaves_it_keeps_the_desks_own_time(ahead: Flask) -> None:
    reception = Reception(ahead)
    before = clock.now()
    reception.board()
    assert reception.tells("/console/clock/ignoring").status_code == 200
    assert clock.now() - before < timedelta(minutes=1)
    assert "machine" not in reception.board()
    assert reception.tells("/console/clock/following").status_code == 409


def test_whoever_only_reads_decides_nothing(ahead: Flask) -> None:
    manager = Reception(ahead, "韩雪梅", ("admin_manager",))
    html = manager.board()
    assert "went 60 min forward" in html
    assert "/console/clock/" not in html
    assert manager.tells("/console/clock/following").status_code == 403
