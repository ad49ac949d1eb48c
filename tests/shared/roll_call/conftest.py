"""A desk with the cast on site, and four wardens with a device each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from shared import notice, roll_call
from shared.lib.actor import Actor, acting_as
from shared.roll_call import CallView, Marked, MarkForm, MarksForm, StartForm
from tests.cast import Cast, people
from tests.shared.alerts.conftest import Clock, time

__all__ = ["Clock", "time"]
_NUMBERS = count(1)


@pytest.fixture
def cast(time: Clock, database: str) -> Iterator[Cast]:
    notice.publish()
    roll_call.join()
    yield people()


def said(subject: str, state: str, **more: Any) -> MarkForm:
    """A mark with a key of its own."""
    return MarkForm.model_validate({"subject": subject, "state": state, "key": f"mark-{next(_NUMBERS):08d}", **more})


@dataclass
class Warden:
    """Somebody who goes round with a device."""

    id: int
    sent: list[MarkForm] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return Actor("account", self.id, f"w{self.id}", frozenset({"receptionist"}))

    def starts(self, *, drill: bool = False, **more: Any) -> CallView:
        with acting_as(self.actor):
            return roll_call.start(StartForm(drill=drill, **more))[0]

    def marks(self, call: CallView, subject: str, state: str, **more: Any) -> MarkForm:
        form = said(subject, state, **more)
        assert self.sends(call, form).taken == [form.key]
        return form

    def sends(self, call: CallView, *forms: MarkForm) -> Marked:
        with acting_as(self.actor):
            return roll_call.mark(call.key or call.token, MarksForm(marks=list(forms)))

    def ends(self, call: CallView) -> CallView:
        with acting_as(self.actor):
            return roll_call.end(call.token)


@pytest.fixture
def wardens() -> list[Warden]:
    return [Warden(number) for number in range(1, 5)]
