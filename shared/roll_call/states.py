"""How somebody stands, from everything that was said of them, in whichever order it was heard."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from shared.lib.i18n import _, lazy

RANK = ("help", "safe", "not_found")  # what outranks what
OPEN = "open"
ORDER = (OPEN, "help", "not_found", "safe")
STATE_NAMES = {
    OPEN: lazy("Not yet found"),
    "help": lazy("Needs help"),
    "not_found": lazy("Not found"),
    "safe": lazy("Safe"),
    "withdrawn": lazy("Taken back"),
}


class Said(Protocol):
    """A mark, as far as it matters here."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def withdraws(self) -> Sequence[str]: ...


One = TypeVar("One", bound=Said)


def standing(marks: Sequence[One]) -> list[One]:
    """Those that nobody has taken back. A call for help is taken back by a person who says so, and by nothing else;
    whoever marks somebody anew takes back their own earlier mark.
    """
    made = {one.key: one for one in marks}
    gone = {key for one in marks for key in one.withdraws if key in made and _may(one, made[key])}
    return [one for one in marks if one.state != "withdrawn" and one.key not in gone]


def state_of(marks: Sequence[Said]) -> str:
    """The strongest mark that stands: help before safe before not found; `open` when none does."""
    said = {one.state for one in standing(marks)}
    return next((state for state in RANK if state in said), OPEN)


def state_name(state: str) -> str:
    """In the reader's language."""
    return _(STATE_NAMES[state])


def _may(one: Said, other: Said) -> bool:
    return one.state == "withdrawn" or (one.by == other.by and other.state != "help")
