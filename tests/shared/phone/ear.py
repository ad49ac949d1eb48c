"""What listens to an exchange in a test, and has heard everything before the test goes on."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.lib import ami
from shared.lib.ami import Message, Wire
from shared.phone.exchange import Listening
from tests.exchange import Manager
from tests.serving import wait_for
from tests.shared.phone.conftest import Desk


@dataclass
class Ear:
    """What listens, and what it has heard to the end."""

    desk: Desk
    manager: Manager
    listening: Listening
    heard: list[Message]

    def hears(self, **by: float) -> None:
        """Everything that was told is heard; then time goes by."""
        wait_for(lambda: len(self.heard) == self.manager.told, "what was told to be heard")
        self.desk.moves(**by)

    def call(self, *, rings: float, talks: float = 0.0, became: str = "NOANSWER", **caller: Any) -> str:
        """A call from its first ring to its end."""
        id = self.manager.rings(**caller)
        self.hears(seconds=rings)
        self.manager.answers(id, "ANSWER" if talks else became)
        self.hears(seconds=talks)
        self.manager.hangs_up(id)
        self.hears(seconds=0)
        return id


@contextlib.contextmanager
def listens(desk: Desk, manager: Manager, *, lines: str = "", secret: str = "") -> Iterator[Ear]:
    heard: list[Message] = []

    class Counting(Wire):
        def messages(self) -> Iterator[Message]:
            for said in super().messages():
                yield said
                if said.get("privilege") == "call,all":
                    heard.append(said)

    url = manager.url(lines=lines, **({"secret": secret} if secret else {}))
    made = Listening(ami.exchange(url), wire=Counting)
    made.start()
    try:
        if not secret:
            assert manager.signed_in.acquire(timeout=10)
            wait_for(lambda: made.heard, "the exchange to be heard")
        yield Ear(desk, manager, made, heard)
    finally:
        made.stop()
