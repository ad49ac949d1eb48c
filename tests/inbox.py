"""A real mail server that keeps what it is given."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller

from tests.postgres import free_port


@dataclass
class Inbox:
    """Everything that arrived, in order."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    def of(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in str(letter["To"])]

    def told(self, address: str) -> list[str]:
        """What those letters say, as plain text."""
        bodies = [letter.get_body(("plain",)) for letter in self.of(address)]
        return [body.get_content() for body in bodies if body is not None]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any) -> str:
        if to.startswith("nobody@"):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(to)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=SMTP))  # type: ignore[arg-type]
        return "250 taken"


@contextlib.contextmanager
def inbox() -> Iterator[Inbox]:
    """Serves on a port of its own."""
    kept = Inbox(free_port())
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
