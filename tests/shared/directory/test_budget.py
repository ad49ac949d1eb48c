"""A tablet may ask enough for every visitor, and too little to copy the directory (threat K6)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from shared import directory
from shared.directory import SearchBudget, Suggestion
from shared.directory.importing import import_people
from shared.lib import i18n

START = datetime(2026, 11, 4, 2, 30, tzinfo=UTC)


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budget(clock: Clock) -> SearchBudget:
    return SearchBudget(clock)


def asked(budget: SearchBudget, *queries: str, session: str = "a", device: str = "lobby") -> list[bool]:
    return [budget.allow(device, session, query) for query in queries]


def test_typing_on_is_one_search(budget: SearchBudget) -> None:
    assert asked(budget, *("wangjianming"[:size] for size in range(3, 13))) == [True] * 10
    assert asked(budget, "lin", "zhao", "sun", "qian") == [True] * 4
    assert asked(budget, "zhou") == [False]


def test_going_back_to_what_was_asked_is_no_new_search_and_another_ending_is(budget: SearchBudget) -> None:
    assert asked(budget, "wang", "wangj", "wang", "wangj", "wan") == [True] * 5  # wan is a second search
    assert asked(budget, "wangk", "wangl", "wangm") == [True] * 3
    assert asked(budget, "wangn") == [True]
    assert asked(budget, "zhao") == [False]
    assert asked(budget, "wang", "wangk") == [True, True]


def test_spelling_does_not_make_a_new_search(budget: SearchBudget) -> None:
    assert asked(budget, "wang", "WANG", " wang ", "wang j", "Wang J", "wangji") == [True] * 6
    assert asked(budget, "abc", "cdef", "ghij", "klmn") == [True] * 4
    assert asked(budget, "opqr") == [False]


def test_questions_that_are_none_cost_nothing(budget: SearchBudget) -> None:
    assert asked(budget, *["", "w", "wa", "王", "%%%", "***"] * 10) == [False] * 60
    assert asked(budget, "wang") == [True]


def test_five_searches_a_visitor(budget: SearchBudget) -> None:
    assert asked(budget, *("abc", "bcd", "cde", "def", "efg", "fgh")) == [True] * 5 + [False]
    assert asked(budget, "fgh", session="b") == [True]


def test_ten_in_ten_minutes_without_a_check_in(budget: SearchBudget, clock: Clock) -> None:
    for number in range(10):
        assert asked(budget, "wang", session=str(number)) == [True]
    assert asked(budget, "wang", session="next") == [False]
    assert asked(budget, "wang", device="other") == [True]
    clock.on(minutes=9, seconds=59)
    assert asked(budget, "wang", session="next") == [False]
    clock.on(seconds=1)
    assert asked(budget, "wang", session="next") == [True]


def test_a_finished_check_in_clears_the_way(budget: SearchBudget) -> None:
    for number in range(10):
        asked(budget, "wang", session=str(number))
    budget.finished("other")
    assert asked(budget, "wang", session="next") == [False]
    budget.finished("lobby")
    assert asked(budget, "wang", session="next") == [True]


def test_thirty_an_hour_whatever_happens(budget: SearchBudget, clock: Clock) -> None:
    for number in range(30):
        assert asked(budget, "wang", session=str(number)) == [True]
        budget.finished("lobby")
        clock.on(minutes=1)
    assert asked(budget, "wang", session="next") == [False]
    clock.on(minutes=30)
    assert asked(budget, "wang", session="next") == [True]


def test_fifty_people_in_ten_minutes_and_not_one_more(budget: SearchBudget, clock: Clock) -> None:
    for number in range(10):
        assert budget.learn("lobby", {f"{number}-{one}" for one in range(5)})
    assert not budget.learn("lobby", {"one more"})
    assert budget.learn("lobby", {"3-1", "4-4"})
    assert budget.learn("other", {"one more"})
    clock.on(minutes=10)
    assert budget.learn("lobby", {str(number) for number in range(50)})
    assert not budget.learn("lobby", {"one more"})
    budget.finished("lobby")
    assert budget.learn("lobby", {"one more"})


@pytest.fixture
def thousand(database: str) -> Iterator[None]:
    """1,000 hosts with different names."""
    surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐"
    given = ("建明", "国华", "晓英", "志强", "海峰", "文静", "丽君", "信爱", "俊杰", "佳怡")
    names = [f"{one}{other}" for one, other in product(surnames, given)]
    rows = [[name, department] for department in ("市场部", "销售部", "研发部", "客服部") for name in names]
    report = import_people([["姓名", "部门"], *rows])
    assert report.count("new") == 1000
    with i18n.use("zh_Hans"):
        yield


def syllables() -> list[str]:
    return sorted({directory.display_pinyin(c).lower() for c in "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐"})


def crawl() -> Iterator[str]:
    """Every surname letter by letter, then every first letter of a given name behind it: the way a program would go."""
    for surname in syllables():
        for size in range(3, len(surname) + 1):
            yield surname[:size]
        for letter in "jgxzhwl":
            yield surname + letter
            yield surname + letter + "i"
            yield surname + letter + "ia"


def learned(queries: Iterator[str], budget: SearchBudget | None, clock: Clock) -> set[tuple[str, str]]:
    """The hosts a program learns in ten minutes, with a new session for each search."""
    known: set[tuple[str, str]] = set()
    session, last = 0, "-"
    for query in queries:
        clock.on(seconds=1.1)
        if clock.now - START >= timedelta(minutes=10):
            break
        session, last = (session, query) if query.startswith(last) else (session + 1, query)
        known |= {who(one) for one in ask(budget, str(session), query)}
    return known


def ask(budget: SearchBudget | None, session: str, query: str) -> list[Suggestion]:
    if budget is None:
        return directory.suggest(query)
    return budget.search("lobby", session, query, directory.suggest, who)


def who(one: Suggestion) -> tuple[str, str]:
    return one.name, one.department


def test_a_program_learns_at_most_fifty_hosts(thousand: None, budget: SearchBudget, clock: Clock) -> None:
    assert len(learned(crawl(), None, Clock())) > 300
    found = learned(crawl(), budget, clock)
    assert 0 < len(found) <= 50


def test_a_program_that_only_types_on_learns_at_most_fifty_hosts(
    thousand: None, budget: SearchBudget, clock: Clock
) -> None:
    deep = (surname[:size] for surname in syllables() * 3 for size in range(3, 7))
    assert len(learned(deep, budget, clock)) <= 50


def test_a_visitor_still_finds_the_host(thousand: None, budget: SearchBudget) -> None:
    for size in range(3, 13):
        found = budget.search("lobby", "a", "wangjianming"[:size], directory.suggest, who)
        assert found
    assert {name for name, _department in map(who, found)} == {"王建明"}
