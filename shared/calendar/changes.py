"""The office's own calendar changes: a day by hand, or a whole file, all of it or nothing, with a word on every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from shared import journal
from shared.calendar.days import KINDS, CalendarDay, Day, own_days
from shared.calendar.reading import Entry, read
from shared.lib import db, text
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _

MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row of a file: new, changed, unchanged or error, and why."""

    row: int
    written: str
    what: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would have done: `applied` is False when a row had an error, or it was a rehearsal."""

    lines: tuple[Line, ...]
    applied: bool

    def count(self, what: str) -> int:
        """How many rows are new, changed, unchanged or error."""
        return sum(line.what == what for line in self.lines)


@db.act
def set_day(day: date, kind: str, name: str = "") -> Day:
    """Says what a day is, whatever the official calendar says."""
    if kind not in KINDS:
        raise Invalid(_("Choose what this day is."), fields={"kind": _("Choose what this day is.")})
    session = db.session()
    row = session.get(CalendarDay, day) or CalendarDay(date=day)
    row.kind, row.name = kind, text.clean(name)[:80]
    session.add(row)
    _changed(day)
    return Day(day, kind, row.name)


@db.act
def clear_day(day: date) -> None:
    """Leaves a day to the official calendar again."""
    if db.session().get(CalendarDay, day) is None:
        raise NotFound(_("Nothing is written about this day."))
    db.session().execute(delete(CalendarDay).where(CalendarDay.date == day))
    _changed(day)


def import_file(data: bytes, *, rehearse: bool = False) -> Report:
    """Takes a calendar file; nothing of it when one row has an error. Days that are not in it stay as they are."""
    entries = read(data)
    if not entries:
        raise Invalid(_("This file is empty."))
    if len(entries) > MOST:
        raise Invalid(_("This file has too many rows. At most %(count)s.") % {"count": MOST})
    lines = _lines(entries)
    wrong = any(line.what == "error" for line in lines)
    if not wrong and not rehearse:
        _take({entry.day: entry for entry in entries if entry.day is not None})
    return Report(tuple(lines), not wrong and not rehearse)


def _lines(entries: Sequence[Entry]) -> list[Line]:
    known, seen = own_days(), dict[date, Entry]()
    return [_line(entry, known.get(entry.day) if entry.day else None, seen) for entry in entries]


def _line(entry: Entry, before: Day | None, seen: dict[date, Entry]) -> Line:
    if entry.day is None:
        return Line(entry.row, entry.written, "error", entry.fault)
    earlier = seen.setdefault(entry.day, entry)
    if earlier is not entry and earlier.kind != entry.kind:
        return Line(entry.row, entry.written, "error", _("Row %(row)s says otherwise.") % {"row": earlier.row})
    after = Day(entry.day, entry.kind, entry.name)
    return Line(entry.row, entry.written, "new" if before is None else "unchanged" if before == after else "changed")


@db.act
def _take(days: dict[date, Entry]) -> None:
    session = db.session()
    for day, entry in days.items():
        row = session.get(CalendarDay, day) or CalendarDay(date=day)
        row.kind, row.name, row.imported = entry.kind, entry.name, True
        session.add(row)
    session.flush()
    journal.record("calendar.imported", "calendar", new=len(days))


def _changed(day: date) -> None:
    db.session().flush()
    journal.record("calendar.changed", f"calendar:{day.isoformat()}")
