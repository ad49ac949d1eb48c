"""The directory in memory: read once by every process, forgotten when the journal says that it changed."""

import threading
from collections import defaultdict
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import journal
from shared.directory.models import Department, Person
from shared.directory.search import Found, Index
from shared.directory.views import DepartmentView, PersonView
from shared.lib import db, text
from shared.lib.db.acts import Act, current

_DEPARTMENTS = select(
    Department.id, Department.token, Department.name, Department.name_en, Department.manager_id,
    Department.row_version, Department.sounds,
)  # fmt: skip
_PEOPLE = select(
    Person.id, Person.token, Person.number, Person.name, Person.alias, Person.reading, Person.pinyin,
    Person.department_id, Department.name, Department.name_en, Person.title, Person.deputy_id, Person.protected,
    Person.active, Person.left_at, Person.email.is_not(None), Person.phone.is_not(None), Person.extension.is_not(None),
    Person.row_version, Person.sounds,
).join(Department, Department.id == Person.department_id)  # fmt: skip


class Known:
    """What one process knows of the directory."""

    def __init__(self, session: Session) -> None:
        rows: list[Any] = [tuple(row) for row in session.execute(_DEPARTMENTS)]
        self.departments = {row[0]: DepartmentView(*row[:-1]) for row in rows}
        self.department_sounds: dict[int, str] = {row[0]: row[-1] for row in rows}
        rows = [tuple(row) for row in session.execute(_PEOPLE)]
        self.people = {row[0]: PersonView(*row[:-1]) for row in rows}
        self.sounds: dict[int, str] = {row[0]: row[-1] for row in rows if self.people[row[0]].active}

    @cached_property
    def by_token(self) -> dict[str, PersonView]:
        return {person.token: person for person in self.people.values()}

    @cached_property
    def by_text(self) -> dict[str, list[PersonView]]:
        """Who is meant by a written name or alias, spelled in any way; only who works here and is not protected."""
        found: dict[str, list[PersonView]] = defaultdict(list)
        for person in self.people.values():
            if person.active and not person.protected:
                for written in {text.fold(person.name), text.fold(person.alias)} - {""}:
                    found[written].append(person)
        return dict(found)

    @cached_property
    def order(self) -> dict[int, int]:
        """Everybody's place in the alphabet of pinyin."""
        spelled = sorted((one.pinyin.casefold(), one.name, one.department, key) for key, one in self.people.items())
        return {row[-1]: at for at, row in enumerate(spelled)}

    def named(self, query: str) -> list[tuple[tuple[int, int, int], PersonView, Found]]:
        """Who may be meant by a folded name, with their rank: how well it matches, then the alphabet."""
        found = self.index.search(query).items()
        people, order = self.people, self.order
        return [((how.kind, how.short, order[key]), people[key], how) for key, how in found if key in people]

    @cached_property
    def index(self) -> Index:
        """The names of everybody who works here, for searching; carried on from one reading to the next."""
        with _State.lock:
            if self is not _State.held:
                return Index(self.sounds)
            known = _State.index
            _State.index = known.follow(self.sounds) if known else Index(self.sounds)
            return _State.index

    @cached_property
    def department_index(self) -> Index:
        return Index(self.department_sounds)


class _State:
    held: Known | None = None
    version = 0
    lock = threading.Lock()
    touched: Act | None = None
    index: Index | None = None


def known() -> Known:
    """The directory as it is now; inside the act that changes it, as that act sees it."""
    if _State.touched is not None and db.in_act() and current() is _State.touched:
        return _read()
    held = _State.held
    return held if held is not None else _load()


def forget() -> None:
    """Reads the directory again when it is next asked for."""
    _State.version += 1
    _State.held = _State.touched = None


def touch() -> None:
    """Called by the verbs: this act sees its own changes, everybody else when its event is heard."""
    _State.touched = current()


def _load() -> Known:
    with _State.lock:
        if _State.held is not None:
            return _State.held
        version = _State.version
        fresh = _read()
        if version == _State.version and (_State.touched is None or not db.in_act()):
            _State.held = fresh
        return fresh


def _read() -> Known:
    with db.reading() as session:
        return Known(session)


def _close() -> None:
    forget()
    _State.index = None


db.when_closed(_close)
journal.keep_fresh(forget, "directory")
