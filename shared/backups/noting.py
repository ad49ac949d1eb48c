"""The journal says when a back-up was made, and when there was none."""

from shared import journal
from shared.lib import control, db


@db.act
def made(visits: int, seq: int, size: int, sealed: bool) -> None:
    """A back-up is there, opened and whole; `size` in bytes."""
    journal.record("backups.made", "backup", visits=visits, seq=seq, size=size, sealed=sealed)


def failed(reason: str) -> None:
    """For a minute nothing has reached the second place, or no back-up could be made; within an act."""
    journal.record("backups.failed", "backup", reason=reason)


def resumed() -> None:
    """It works again; within an act."""
    journal.record("backups.resumed", "backup")


control.operator("backups.note", made)
