"""The telephone exchange, live: what Asterisk tells of calls while they happen (procedure B1.1, B1.5)."""

from shared.phone.exchange.keeping import unheard
from shared.phone.exchange.listening import (
    Line,
    Listening,
    listening,
    on_the_line,
    reach,
    ready,
    reason_name,
    state,
    trouble,
)
from shared.phone.exchange.ringing import Ringing

__all__ = [
    "Line",
    "Listening",
    "Ringing",
    "listening",
    "on_the_line",
    "reach",
    "ready",
    "reason_name",
    "state",
    "trouble",
    "unheard",
]
