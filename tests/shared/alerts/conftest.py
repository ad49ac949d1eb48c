"""A desk whose hosts are told, a clock that stands still, and a real mail server that fails on demand."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import Envelope, Session

from shared import alerts, notice
from shared.alerts import email, letter, mail, screen
from shared.alerts.queue import EMAIL, OUTBOX
from shared.alerts.sender import Post, email_failed, email_sent
from shared.lib import clock, text
from shared.lib.config import settings
from tests.cast import Cast, people

FULL = "552 5.2.2 <wang@example.com> mailbox is full"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def time() -> Iterator[Clock]:
    standing = Clock()
    clock.set_clock(standing)
    yield standing
    clock.reset()


@pytest.fixture
def cast(time: Clock, database: str) -> Iterator[Cast]:
    """Hosts who are told when somebody comes; nobody has a page open."""
    clock.set_clock(time)
    notice.publish()
    alerts.join()
    screen._asked.clear()
    text._keys.cache_clear()
    yield people()
    screen.pages_with(lambda person_id: False)


@dataclass
class Office:
    """A mail server: `says` is what it answers to a recipient, `does` what it does with the letter."""

    port: int = 0
    says: str = "250 OK"
    does: str = "takes"
    envelopes: list[Envelope] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_RCPT(
        self, _server: Protocol, _session: Session, envelope: Envelope, to: str, _options: Any
    ) -> str:
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.says

    async def handle_DATA(self, server: Protocol, _session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        self.came.set()
        if self.does == "hangs":
            await self.closing.wait()
        if self.does == "drops":
            server.transport.abort()
        return "250 taken"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one.content or b"", policy=SMTP) for one in self.envelopes]  # type: ignore[misc]


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A mail server on a port of its own, which the desk knows."""
    server = Office()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    use(monkeypatch, f"smtp://127.0.0.1:{server.port}?tls=none")
    monkeypatch.setattr(email, "TIMEOUT", 0.5)
    yield server
    controller.loop.call_soon_threadsafe(server.closing.set)
    controller.stop()
    settings.cache_clear()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def use(monkeypatch: pytest.MonkeyPatch, smtp_url: str) -> None:
    """The desk hands its mail to this server from now on."""
    monkeypatch.setenv("DESK_SMTP_URL", smtp_url)
    settings.cache_clear()


def letters() -> Post:
    """The line that sends alerts as e-mail."""
    return Post(EMAIL, letter.of_delivery, email_sent, email_failed)


def links() -> Post:
    """The line that sends everything else."""
    return Post(OUTBOX, mail.of_email, mail.mark_sent, mail.mark_failed)
