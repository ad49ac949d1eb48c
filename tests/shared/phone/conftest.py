"""A desk whose clock stands still, and whose phone rings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared import accounts, deadlines, directory, phone, presence, relay
from shared.deadlines import Clockwork, Due
from shared.directory import PersonView
from shared.lib import clock, i18n
from shared.lib.actor import Actor, acting_as
from tests.cast import Cast, people

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai


@dataclass
class Desk:
    """Lin Xiaotong at the phone; Su Wan calls for somebody who is not there."""

    cast: Cast
    lin: Actor
    at: datetime = NINE

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        """Time goes by, and what comes fires."""
        self.at += timedelta(**by)
        while Clockwork().work():
            pass

    def writes(self, **changes: Any) -> phone.Done:
        """Writes a call down."""
        given = {
            "number": "154 0000 1207", "caller_name": "苏婉", "caller_company": "青木设计",
            "wanted": {"ref": directory.ref_of(self.cast.host)}, "content": "样张今天送到，请签收",
            "outcome": "absent", "offer": "message", "read_back": True,
        }  # fmt: skip
        form = phone.CallForm.model_validate(given | changes)
        with acting_as(self.lin):
            return phone.take(form)

    def misses(self, number: str | None = "+8615400000921") -> str:
        with acting_as(self.lin):
            return phone.miss(number, self.at).token

    def calls_back(self, token: str, result: str) -> phone.Done:
        with acting_as(self.lin):
            return phone.call_back(token, result)

    def tries(self, message: str, channel: str, result: str) -> relay.Done:
        with acting_as(self.lin):
            return relay.attempt(message, channel, result)

    def is_away(self, person: PersonView) -> None:
        presence.set_to(person.id, presence.PresenceForm.model_validate({"tap": "out day"}), source="reception")


def running(subject: str) -> dict[str, Due]:
    """The clocks that run for something, by name."""
    return {due.key: due for due in deadlines.running(subject)}


def kept(subject: str, key: str) -> list[deadlines.Done]:
    """What became of a clock."""
    return [one for one in deadlines.of_subject(subject) if one.key == key]


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    clock.set_clock(lambda: NINE)
    relay.join()
    cast = people()
    new = {"name": "林晓彤", "login": "lin", "roles": ["receptionist"]}
    made = accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    here = Desk(cast, Actor("account", made.id, "林晓彤", made.roles))
    clock.set_clock(here)
    with i18n.use("en"):
        yield here
