"""Rows are found whether they are filed already or not, newest first, page after page."""

import pytest
from sqlalchemy import select

from shared import register, visits
from shared.lib import db
from shared.register.indexing import unfiled
from shared.register.model import RowGrams
from shared.visits import REGISTER
from tests.cast import Cast, checks_in, people

NAMES = ("陈嘉豪", "陈家豪", "Anna Reyes", "单小红", "欧阳雪")


@pytest.fixture
def cast(database: str) -> Cast:
    return people()


def files_everything() -> int:
    rounds = 0
    while register.index(REGISTER, 2):
        rounds += 1
    return rounds


def names(typed: str, **more: str) -> list[str]:
    return [visit.visitor_name for visit in visits.page(q=typed, **more)[0]]


@pytest.mark.parametrize("filed", [False, True])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("陈", ["陈家豪", "陈嘉豪"]),
        ("嘉豪", ["陈嘉豪"]),
        ("chenjiahao", ["陈家豪", "陈嘉豪"]),
        ("cjh", ["陈家豪", "陈嘉豪"]),
        ("reyes", ["Anna Reyes"]),
        ("yes", ["Anna Reyes"]),
        ("shanxiao", ["单小红"]),
        ("王建明", ["Anna Reyes", "陈嘉豪"]),
        ("没有这个人", []),
        ("zz", []),
    ],
)
def test_whatever_is_typed_finds_the_same_before_and_after_filing(
    cast: Cast, filed: bool, typed: str, found: list[str]
) -> None:
    for place, name in enumerate(NAMES):
        checks_in(cast.other if place % 2 else cast.host if place < 3 else "前台", visitor_name=name)
    assert not filed or files_everything() == 3
    assert names(typed) == found


def test_a_row_is_filed_once_and_again_when_it_was_corrected(cast: Cast) -> None:
    done = checks_in(cast.host, visitor_name="陈嘉豪")
    files_everything()
    assert names("嘉豪") == ["陈嘉豪"]
    version = visits.by_token(done.token).row_version
    visits.correct(done.token, visits.Correction(visitor_name="陈佳豪", row_version=version))
    for _ in range(2):
        assert (names("佳豪"), names("嘉豪")) == (["陈佳豪"], [])
        files_everything()
    with db.reading() as session:
        assert unfiled(REGISTER, session.connection()) == []
        assert len(list(session.scalars(select(RowGrams.row_id)))) == 1


def test_page_after_page_gives_every_row_once_with_other_conditions(cast: Cast) -> None:
    for number in range(9):
        checks_in(cast.host, visitor_name=f"陈{number}", purpose="meeting" if number % 3 else "interview")
        if number == 5:
            files_everything()
    found, after = [], ""
    while True:
        rows, following = visits.page(q="陈", purpose="meeting", after=after, limit=2)
        found += [visit.visitor_name for visit in rows]
        if following is None:
            break
        after = following
    assert found == ["陈8", "陈7", "陈5", "陈4", "陈2", "陈1"]
