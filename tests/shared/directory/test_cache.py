"""The directory in memory: an act sees its own changes, everybody else after the commit."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text as sql

from shared import directory, journal
from shared.directory import PersonForm, cache
from shared.journal import Event
from shared.lib import db, i18n
from shared.lib.actor import Actor
from shared.lib.clock import now
from shared.lib.errors import Conflict
from tests import cast
from tests.cast import Cast

HAN = Actor("account", 4, "韩雪梅", frozenset({"admin_manager"}))


@pytest.fixture
def people(database: str) -> Iterator[Cast]:
    with i18n.use("en"):
        yield cast.people()


def person(**changes: Any) -> PersonForm:
    given = {"name": "李娜", "department": directory.departments()[0].token}
    return PersonForm.model_validate(given | changes)


def test_an_act_sees_its_own_changes_and_others_only_after_the_commit(people: Cast) -> None:
    seen: list[bool] = []

    def work() -> None:
        added = directory.add_person(person(name="任远"))
        asking = threading.Thread(target=lambda: seen.append(directory.person(added.id) is None))
        asking.start()
        asking.join()
        assert directory.person(added.id) == added
        assert directory.find("renyuan") == [added]
        assert directory.resolve_text("任远") == added

    db.write(work)
    assert seen == [True]
    assert [one.name for one in directory.find("renyuan")] == ["任远"]


def test_an_act_that_is_refused_leaves_nothing_behind(people: Cast) -> None:
    def work() -> None:
        directory.add_person(person(name="任远"))
        raise Conflict("no")

    with pytest.raises(Conflict):
        db.write(work)
    assert directory.find("renyuan") == []
    assert db.write(lambda: directory.find("renyuan")) == []


def test_another_process_is_heard(people: Cast) -> None:
    assert directory.find("renyuan") == []
    db.write(lambda: db.connection().execute(sql("UPDATE person SET title = 'x'")))
    assert directory.person(people.host.id).title == ""  # type: ignore[union-attr]
    journal.hear(Event(1, now(), "system", "directory.changed", "person:x", None, {}))
    assert directory.person(people.host.id).title == "x"  # type: ignore[union-attr]


def test_many_changes_build_the_index_anew_and_few_carry_it_on(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    directory.find("wang")
    index = cache.known().index
    directory.add_person(person(name="任远"))
    assert [one.name for one in directory.find("renyuan")] == ["任远"]
    assert cache.known().index is index
    monkeypatch.setattr("shared.directory.search.MANY", 0)
    directory.add_person(person(name="任近"))
    assert [one.name for one in directory.find("renjin")] == ["任近"]
    assert cache.known().index is not index
