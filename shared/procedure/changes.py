"""What an administrator has changed about the clocks: rows above the defaults, for clocks that start afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import CheckConstraint, Integer, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import db
from shared.lib.db import UTC, Base, JSONText
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _
from shared.procedure.clocks import DEFAULTS, Clock, Step

LONGEST = 30 * 24 * 3600


class ClockChange(Base):
    """One clock that differs from its default; `steps` holds the seconds of the ladder's own times, in order."""

    __tablename__ = "clock_change"
    key: Mapped[str] = mapped_column(String(8), primary_key=True)
    warn: Mapped[int] = mapped_column(Integer)
    due: Mapped[int] = mapped_column(Integer)
    breach: Mapped[int] = mapped_column(Integer)
    steps: Mapped[list[int]] = mapped_column(JSONText)
    changed_at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (CheckConstraint("warn <= due AND due <= breach", name="in_order"),)


class Times(BaseModel):
    """New times of a clock, in seconds: warn <= due <= breach, and those steps of the ladder that have their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    warn: int = Field(ge=0, le=LONGEST)
    due: int = Field(ge=0, le=LONGEST)
    breach: int = Field(ge=0, le=LONGEST)
    steps: tuple[int, ...] | None = None


_known: Mapping[str, Clock] | None = None


def clocks() -> Mapping[str, Clock]:
    """Every clock as it is now, by key, in the order of the procedure."""
    global _known
    if _known is None:
        with db.reading() as session:
            changed = {row.key: row for row in session.scalars(select(ClockChange))}
        _known = {key: _changed(plain, changed.get(key)) for key, plain in DEFAULTS.items()}
    return _known


def clock(key: str) -> Clock:
    """The clock with this key as it is now; KeyError for one that is not in the catalogue."""
    return clocks()[key]


def forget() -> None:
    """Reads the changes again when they are next asked for."""
    global _known
    _known = None


db.when_closed(forget)
journal.keep_fresh(forget, "procedure")


def own_times(clock: Clock) -> list[Step]:
    """The steps of a ladder that have a time of their own; the others go with a mark."""
    return [step for step in clock.ladder if isinstance(step.after, int)]


@db.act
def change(key: str, times: Times) -> Clock:
    """Gives a clock other times; those that run already keep theirs. Invalid when the times are not in order."""
    plain = _plain(key)
    steps = list(times.steps) if times.steps is not None else [int(step.after) for step in own_times(plain)]
    _check(plain, times, steps)
    row = db.session().get(ClockChange, key) or ClockChange(key=key)
    row.warn, row.due, row.breach, row.steps = times.warn, times.due, times.breach, steps
    row.changed_at = db.act_time()
    db.session().add(row)
    return _tell(key, _changed(plain, row))


@db.act
def back_to_default(key: str) -> Clock:
    """Takes the changes of a clock away."""
    plain = _plain(key)
    db.session().execute(delete(ClockChange).where(ClockChange.key == key))
    return _tell(key, plain)


def _tell(key: str, now: Clock) -> Clock:
    db.session().flush()
    journal.record("procedure.clock_changed", f"clock:{key}", warn=now.warn, due=now.due, breach=now.breach)
    return now


def _plain(key: str) -> Clock:
    plain = DEFAULTS.get(key)
    if plain is None or plain.ends:
        raise NotFound(_("There is no such clock."))
    return plain


def _check(plain: Clock, times: Times, steps: list[int]) -> None:
    fields = {}
    if times.due < max(1, times.warn):
        fields["due"] = _("Due comes after the warning.")
    if times.breach < times.due:
        fields["breach"] = _("Late comes after due.")
    if len(steps) != len(own_times(plain)) or any(not 0 < step <= LONGEST for step in steps) or steps != sorted(steps):
        fields["steps"] = _("The steps come one after the other.")
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)


def _changed(plain: Clock, row: Any) -> Clock:
    if row is None:
        return plain
    own = iter(row.steps)
    ladder = tuple(
        replace(step, after=next(own, step.after)) if isinstance(step.after, int) else step for step in plain.ladder
    )
    return replace(plain, warn=row.warn, due=row.due, breach=row.breach, ladder=ladder)
