"""A call, a person on its list and a mark, as wardens read them."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from shared import directory
from shared.lib import i18n
from shared.roll_call.model import Mark, RollCall
from shared.roll_call.states import OPEN, standing, state_of

AWAY = timedelta(seconds=30)  # a mark that took longer was made while the desk was away


@dataclass(frozen=True, slots=True)
class CallView:
    """A roll call."""

    id: int
    token: str
    key: str | None
    drill: bool
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    ended_by: str | None

    @property
    def running(self) -> bool:
        return self.ended_at is None

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"roll_call:{self.token}"


COLUMNS = [RollCall.__table__.c[name] for name in CallView.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class MarkView:
    """What was said of somebody, by whom, when by the device and when the desk heard it."""

    id: int
    subject: str
    key: str
    state: str
    by: str
    said_at: datetime
    at: datetime
    withdraws: tuple[str, ...]

    @property
    def later(self) -> bool:
        """Whether it was made while the desk was away."""
        return self.at - self.said_at > AWAY


MARKED = [Mark.__table__.c[name] for name in ("id", "key", "state", "by", "said_at", "at", "withdraws")]


@dataclass(frozen=True)
class Facts:
    """A visitor as they were when they came on the list."""

    name: str
    company: str = ""
    host_id: int | None = None
    host_text: str = ""
    room: str = ""
    room_en: str = ""
    badge: str = ""
    language: str = ""

    def kept(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False)

    @staticmethod
    def read(kept: str) -> "Facts":
        return Facts(**json.loads(kept))


@dataclass(frozen=True)
class PersonView:
    """Somebody on the list: a visitor, or one of the staff, of whom nobody knows for certain whether they are here."""

    subject: str
    person_id: int | None
    party_size: int
    since: datetime | None
    late: bool
    facts: Facts | None
    marks: tuple[MarkView, ...] = ()

    @property
    def staff(self) -> bool:
        return self.person_id is not None

    @property
    def name(self) -> str:
        """In the reader's language."""
        if self.facts is not None:
            return self.facts.name
        one = directory.person(self.person_id or 0)
        return one.spoken(i18n.language()) if one else ""

    @property
    def other_name(self) -> str:
        """How else the name is written, for whoever searches."""
        one = directory.person(self.person_id or 0)
        return f"{one.name} {one.pinyin} {one.alias}" if one else ""

    @property
    def place(self) -> str:
        """The firm of a visitor, the department of staff."""
        one = directory.person(self.person_id or 0)
        return self.facts.company if self.facts else one.department_in(i18n.language()) if one else ""

    @property
    def host(self) -> str:
        """Whom a visitor came to see."""
        if self.facts is None:
            return ""
        one = directory.person(self.facts.host_id or 0)
        return one.spoken(i18n.language()) if one else self.facts.host_text

    @property
    def room(self) -> str:
        if self.facts is None:
            return ""
        return (i18n.language() == "en" and self.facts.room_en) or self.facts.room

    @property
    def badge(self) -> str:
        return self.facts.badge if self.facts else ""

    @cached_property
    def standing(self) -> tuple[MarkView, ...]:
        """The marks that nobody has taken back."""
        return tuple(standing(self.marks))

    @cached_property
    def state(self) -> str:
        return state_of(self.marks)

    @property
    def found(self) -> bool:
        """Whether somebody has seen them."""
        return self.state in ("safe", "help")

    @property
    def contested(self) -> bool:
        """Whether wardens say different things of them."""
        return len({one.state for one in self.standing}) > 1


def on_list(row: Any, marks: tuple[MarkView, ...] = ()) -> PersonView:
    """A row of the list as it is read."""
    facts = Facts.read(row.facts) if row.facts else None
    return PersonView(row.subject, row.person_id, row.party_size, row.since, row.late, facts, marks)


def counted(people: list[PersonView]) -> dict[str, int]:
    """How many people stand how; a party counts with everybody in it."""
    found = dict.fromkeys((OPEN, "help", "not_found", "safe"), 0)
    for one in people:
        found[one.state] += one.party_size
    return found
