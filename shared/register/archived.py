"""Archived volumes as rows of their own: destroyed, with a record, when their time is over (procedure 4.6, V4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from shared import journal
from shared.lib import db
from shared.lib.i18n import lazy
from shared.register.definition import Register, Rule
from shared.volumes import KEPT, Edition, Volume


def destroy(volumes: Sequence[Any]) -> None:
    """The text of every edition goes; that there was a volume, its numbers and its hashes stay."""
    for volume in volumes:
        volume.destroyed_at = volume.destroyed_at or db.act_time()
        db.session().execute(update(Edition).where(Edition.volume_id == volume.id).values(text=None))
        subject = f"volume:{volume.token}"
        journal.record("volumes.destroyed", subject, register=volume.register, number=volume.number)


def _over(before: datetime) -> Sequence[Any]:
    return Volume.destroyed_at.is_(None), Volume.closed_at <= before


ARCHIVED = Register(
    key="volume",
    model=Volume,
    rules=(
        Rule(
            "V4",
            lazy("Archived volumes, without names"),
            lazy("destroyed, with a record"),
            lambda: KEPT.days,
            _over,
            destroy,
        ),
    ),
)
