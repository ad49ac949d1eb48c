"""How often something may be done, and how long whoever did it too often has to wait."""

from types import SimpleNamespace

import pytest

from shared.lib import limits
from shared.lib.config import settings
from shared.lib.errors import TooMany


class Moment:
    """A clock for the counts that moves when it is told to."""

    at = 1_000_000.0

    def time(self) -> float:
        return self.at


@pytest.fixture
def moment(fresh_settings: None, monkeypatch: pytest.MonkeyPatch) -> Moment:
    standing = Moment()
    for place in ("limits.storage.memory.time", "shared.lib.limits.time"):
        monkeypatch.setattr(place, SimpleNamespace(time=standing.time))
    limits.forget()
    return standing


def waits(name: str = "asks", key: str = "one") -> int:
    with pytest.raises(TooMany) as refused:
        limits.limit(name, "2/hour", key)
    return refused.value.retry_after


def test_who_did_it_too_often_is_told_when_the_oldest_no_longer_counts(moment: Moment) -> None:
    limits.limit("asks", "2/hour", "one")
    moment.at += 1000
    limits.limit("asks", "2/hour", "one")
    assert waits() == 2601
    moment.at += 2599.5
    assert waits() == 1
    moment.at += waits()
    limits.limit("asks", "2/hour", "one")
    assert waits() == 1000


def test_others_and_other_things_are_counted_apart(moment: Moment) -> None:
    for _ in range(2):
        limits.limit("asks", "2/hour", "one")
    assert waits()
    limits.limit("asks", "2/hour", "two")
    limits.limit("looks", "2/hour", "one")


def test_a_check_counts_nothing(moment: Moment) -> None:
    for _ in range(5):
        limits.check("asks", "2/hour", "one", "no")
    assert [limits.allowed("asks", "2/hour", "one") for _ in range(3)] == [True, True, False]
    with pytest.raises(TooMany, match="no"):
        limits.check("asks", "2/hour", "one", "no")


def test_load_tests_are_never_held_up(moment: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_RATE_LIMITS", "relaxed")
    settings.cache_clear()
    for _ in range(5):
        limits.limit("asks", "2/hour", "one")
        limits.check("asks", "2/hour", "one", "no")
