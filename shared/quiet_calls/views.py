"""A quiet call as those read it who made it, are called by it, or look at it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import company, directory
from shared.directory import PersonView
from shared.lib import i18n
from shared.lib.i18n import _, lazy
from shared.quiet_calls.model import QuietCall

SAID = {"coming": lazy("on the way"), "police": lazy("has called the police")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said, and when."""

    person_id: int
    says: str
    at: datetime

    @property
    def person(self) -> PersonView | None:
        return directory.person(self.person_id)

    @property
    def words(self) -> str:
        return _(SAID[self.says])


@dataclass(frozen=True, slots=True)
class QuietView:
    """One call."""

    id: int
    token: str
    drill: bool
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended_by: str | None
    false_alarm: bool
    answers: tuple[Answer, ...] = ()

    @property
    def running(self) -> bool:
        return self.ended_at is None

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"quiet_call:{self.token}"


COLUMNS: list[Any] = [QuietCall.__table__.c[name] for name in QuietView.__dataclass_fields__ if name != "answers"]


def words() -> str:
    """What those who are called read."""
    return company.facts().quiet_text or _("Come to the front desk at once.")


def place() -> str:
    """Where they are to come."""
    return company.facts().quiet_place or company.facts().spoken(i18n.language())
