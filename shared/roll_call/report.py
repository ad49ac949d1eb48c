"""What a roll call came to: how many, how long it took to find everybody, who was never found, every mark."""

from dataclasses import dataclass
from datetime import datetime

from shared.roll_call import questions
from shared.roll_call.states import standing
from shared.roll_call.views import CallView, MarkView, PersonView, counted


@dataclass(frozen=True, slots=True)
class Report:
    """A call from its start until now, or until its end."""

    call: CallView
    people: tuple[PersonView, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Everybody on the list, with all of their parties."""
        return sum(self.counts.values())

    @property
    def found(self) -> int:
        return self.counts["safe"] + self.counts["help"]

    @property
    def missing(self) -> list[PersonView]:
        """Who was never found, or no longer is."""
        return [one for one in self.people if not one.found]

    @property
    def marks(self) -> list[MarkView]:
        """Everything that was said, in the order in which it was said."""
        return sorted((mark for one in self.people for mark in one.marks), key=lambda mark: (mark.said_at, mark.id))

    @property
    def complete_at(self) -> datetime | None:
        """When the last one was found; None while somebody is missing."""
        if self.missing or not self.people:
            return None
        return max((_found_at(one) for one in self.people), default=None)

    @property
    def seconds(self) -> int | None:
        """From the start until everybody was found."""
        at = self.complete_at
        return None if at is None else max(0, round((at - self.call.started_at).total_seconds()))


def report(call: CallView) -> Report:
    """What a call has come to."""
    people = questions.people(call)
    return Report(call, tuple(people), counted(people))


def _found_at(one: PersonView) -> datetime:
    return min(mark.said_at for mark in standing(one.marks) if mark.state in ("safe", "help"))
