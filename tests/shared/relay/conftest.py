"""A message for somebody who is not there, on a desk whose clock stands still; whoever it is for may be away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared import accounts, deadlines, directory, presence, relay
from shared.deadlines import Clockwork, Due
from shared.directory import PersonView
from shared.lib import clock
from shared.lib.actor import Actor, acting_as
from tests.cast import Cast, people

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 10:00 in Shanghai


@dataclass
class Desk:
    """Lin Xiaotong at the desk, who takes a message from the tax office."""

    cast: Cast
    manager: PersonView
    lin: Actor
    at: datetime = TEN

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        """Time goes by, and what comes fires."""
        self.at += timedelta(**by)
        while Clockwork().work():
            pass

    def is_away(self, person: PersonView, state: str = "out") -> None:
        if state != "in":
            presence.set_to(
                person.id, presence.PresenceForm.model_validate({"tap": f"{state} day"}), source="reception"
            )

    def takes(self, **changes: Any) -> str:
        """Writes the message down and gives its token."""
        given = {
            "from_name": "税务局",
            "number": "0755-12345678",
            "message": "发票抬头要改，今天回电",
            "read_back": True,
        }
        form = relay.MessageForm.model_validate(given | changes)
        with acting_as(self.lin):
            return relay.record(form, self.cast.host, subject="visit:none").token

    def tries(self, token: str, channel: str, result: str) -> relay.Done:
        with acting_as(self.lin):
            return relay.attempt(token, channel, result)


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    clock.set_clock(lambda: TEN)
    relay.join()
    cast = people()
    boss = directory.add_person(directory.PersonForm(name="韩雪梅", department=directory.departments()[2].token))
    new = {"name": "韩雪梅", "login": "han", "person_id": boss.id, "roles": ["admin_manager"]}
    accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    new = {"name": "林晓彤", "login": "lin", "roles": ["receptionist"]}
    made = accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    here = Desk(cast, boss, Actor("account", made.id, "林晓彤", made.roles))
    clock.set_clock(here)
    yield here


def running(token: str) -> dict[str, Due]:
    """The clocks of a message, by key."""
    return {due.key: due for due in deadlines.running(f"relay:{token}")}


def kept(token: str, key: str) -> list[deadlines.Done]:
    """What became of a clock of a message."""
    return [one for one in deadlines.of_subject(f"relay:{token}") if one.key == key]
