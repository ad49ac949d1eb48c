"""One call as the exchange knows it, and what is wrong in its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shared.lib import text
from shared.lib.clock import rfc3339
from shared.phone.model import key_of


class Record(NamedTuple):
    """One call: when it rang (UTC), from where (None when that is hidden), whether somebody answered; `id` is the
    exchange's own. `ring` and `talk` are seconds, None when the file does not say.
    """

    at: datetime
    number: str | None
    answered: bool
    ring: float | None
    talk: float | None = None
    direction: str = "in"
    id: str = ""

    @property
    def fingerprint(self) -> str:
        """What the call is known again by: its id, else moment, number and durations."""
        if self.id:
            return text.keyed_hash("cdr", self.id)
        said = (rfc3339(self.at), self.number, self.ring, self.talk, self.direction, self.answered)
        return text.keyed_hash("cdr", *map(str, said))


class Kept(NamedTuple):
    """A number as it is kept: what it is compared by, and sealed."""

    key: str
    sealed: bytes


def kept(number: str) -> Kept:
    """Sealed once for all calls of a list from this number: that they are the same is said by the key as well."""
    return Kept(str(key_of(number)), text.seal(number))


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong where: `row` as a spreadsheet counts, `column` as the file calls it."""

    row: int
    column: str
    sentence: str


class Bad(Exception):
    """A cell that cannot be what its column says."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def each_once(records: Iterable[Record]) -> dict[str, Record]:
    """The calls by fingerprint. An exchange writes a row for each telephone that rang: together they are one call."""
    found: dict[str, Record] = {}
    for record in records:
        key = record.fingerprint
        found[key] = _together(found[key], record) if key in found else record
    return found


def _together(one: Record, other: Record) -> Record:
    """Answered when any of them was; who called waited from the first ring on."""
    best = other if other.answered and not one.answered else one
    at = min(one.at, other.at)
    ring = None if best.ring is None else best.ring + (best.at - at).total_seconds()
    return best._replace(at=at, ring=ring)
