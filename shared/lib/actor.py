"""Who is acting: carried by a context variable, so that verbs need not be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is account, device, token, pass, link, operator, system or nobody; `id` names the one of that kind.

    `locked`: their session is locked; it sees short names and does nothing until a password opens it.
    """

    kind: str
    id: int = 0
    name: str = ""
    roles: frozenset[str] = frozenset()
    person_id: int | None = None
    session_id: int | None = None
    language: str = ""
    locked: bool = False

    @property
    def ref(self) -> str:
        """Short name for the journal, without personal data: `account:3`."""
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def at_kiosk(self) -> bool:
        """Whether a visitor stands there: a tablet, or a token that may do no more than one."""
        return self.kind == "device" or "device" in self.roles


SYSTEM = Actor("system")
NOBODY = Actor("nobody")
OPERATOR = Actor("operator", roles=frozenset({"operator"}))

_actor: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def actor() -> Actor:
    """The one who is acting now."""
    return _actor.get()


@contextmanager
def acting_as(who: Actor) -> Iterator[Actor]:
    """Everything inside is done by `who`."""
    token = _actor.set(who)
    try:
        yield who
    finally:
        _actor.reset(token)
