"""A file of an exchange is read as a whole: every call in it, or everything that is wrong with it."""

import csv
import io
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from shared.lib import sheets
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.phone.cdr import asterisk, generic
from shared.phone.cdr.records import Bad, Kept, Record, Wrong, each_once

BYTES = 32 * 1024 * 1024  # a line of Master.csv has about 220
ROWS, COLUMNS = 100_000, 100
LINE = 65_536  # characters; as wide as nothing is that an exchange writes
SHOWN = 20
AHEAD = timedelta(minutes=5)  # by which the clock of an exchange may be wrong
Read = Callable[[Sequence[str]], Record]


class Asked(BaseModel):
    """What somebody says of the file: who wrote it, in which zone, how it writes a time, which column is what."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    profile: Literal["asterisk", "generic"] = "asterisk"
    zone: str = Field(max_length=60)
    order: Literal["ymd", "dmy", "mdy"] = "ymd"
    columns: Mapping[str, str] = Field(default_factory=dict)

    @property
    def where(self) -> ZoneInfo:
        """The zone; Invalid when there is none of that name."""
        if self.zone not in _zones():
            sentence = _("There is no such time zone. Write it as Asia/Shanghai.")
            raise Invalid(sentence, fields={"zone": sentence})
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Reading:
    """The calls by fingerprint, of how many lines; `wrong` holds the first lines of what is wrong, of `errors`.
    `numbers` are as they are kept, where that is done already.
    """

    records: Mapping[str, Record]
    rows: int
    wrong: tuple[Wrong, ...] = ()
    errors: int = 0
    numbers: Mapping[str, Kept] = field(default_factory=dict, compare=False)

    @property
    def twice(self) -> int:
        """Lines that say once more what another one said."""
        return self.rows - len(self.records) - self.errors


@dataclass(slots=True)
class _Report:
    wrong: list[Wrong] = field(default_factory=list)
    errors: int = 0

    def add(self, row: int, column: str, sentence: str) -> None:
        self.errors += 1
        if self.errors <= SHOWN:
            self.wrong.append(Wrong(row, column, sentence))


@cache
def _zones() -> set[str]:
    return zoneinfo.available_timezones()


def read(data: bytes, asked: Asked, *, now: datetime) -> Reading:
    """Every call of the file. Invalid when it is no list of calls at all; `errors` is 0 only when all was read."""
    zone, lines = asked.where, _lines(data)
    report, found, rows = _Report(), [], 0
    first = next(place for place, line in enumerate(lines) if any(line))
    skip, called, read_line = _layout(lines[first], first + 1, asked, zone, report)
    if report.errors:
        return Reading({}, 0, tuple(report.wrong), report.errors)
    for row, line in enumerate(lines[first + skip :], first + skip + 1):
        if not any(line):
            continue
        rows += 1
        try:
            record = read_line(line)
            if record.at > now + AHEAD:
                raise Bad(called, _("This has not happened yet. Look at the time zone."))
            found.append(record)
        except Bad as bad:
            report.add(row, bad.column, bad.sentence)
    if not rows:
        raise Invalid(_("This file is empty."))
    return Reading(each_once(found), rows, tuple(report.wrong), report.errors)


def _layout(first: Sequence[str], row: int, asked: Asked, zone: ZoneInfo, report: _Report) -> tuple[int, str, Read]:
    """How many lines to skip, how the column of the time is called, and how the others are read."""
    if asked.profile == "asterisk":
        return int(asterisk.headings(first)), "start", partial(asterisk.record, zone=zone, order=asked.order)
    layout, missing = generic.understand(first, asked.columns)
    for name in missing:
        report.add(row, name, _("This column is missing."))
    return layout.skip, layout.names.get("time", ""), partial(layout.record, zone=zone, order=asked.order)


def _lines(data: bytes) -> list[list[str]]:
    """The lines of the file, empty ones included, so that their numbers are those of the file."""
    if not data.strip(b"\0\r\n\t "):
        raise Invalid(_("This file is empty."))
    if len(data) > BYTES:
        raise Invalid(_("This file is too large. At most %(size)s MB.") % {"size": BYTES // 1024 // 1024})
    if data.startswith(b"PK"):
        raise Invalid(_("This is no list of calls. Save it as CSV."))
    written = sheets.decoded(data)
    if any(ord(sign) < 9 for sign in written[:2000]):
        raise Invalid(_("This is no list of calls. Save it as CSV."))
    lines: list[list[str]] = []
    try:
        for line in csv.reader(_narrow(written), delimiter=_delimiter(written), strict=True):
            lines.append(line)
            if len(line) > COLUMNS:
                raise _too_wide()
            if len(lines) > ROWS + 1:
                raise Invalid(_("This file has too many rows. At most %(count)s.") % {"count": ROWS})
    except csv.Error:
        words = {"row": len(lines) + 1}
        raise Invalid(_("Row %(row)s cannot be read. Look at its quotation marks.") % words) from None
    if not any(any(line) for line in lines):
        raise Invalid(_("This file is empty."))
    return lines


def _narrow(written: str) -> Iterator[str]:
    """Line by line, so that nothing is ever made of one without end."""
    for line in io.StringIO(written, newline=""):
        if len(line) > LINE:
            raise _too_wide()
        yield line


def _too_wide() -> Invalid:
    return Invalid(_("This file has too many columns. At most %(count)s.") % {"count": COLUMNS})


def _delimiter(written: str) -> str:
    """The sign between the cells, by what the csv library makes of the first lines."""
    try:
        return csv.Sniffer().sniff("\n".join(written[:8000].splitlines()[:20]), delimiters=",;\t|").delimiter
    except csv.Error:
        return ","
