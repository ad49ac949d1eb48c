"""Asterisk and FreePBX: Master.csv, as their documentation describes it; the last two columns are often left out."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from shared.lib.i18n import _
from shared.phone.cdr import cells
from shared.phone.cdr.records import Bad, Record

ASTERISK = (
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer",
    "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield",
)  # fmt: skip
NEEDED = ASTERISK.index("amaflags")
_PLACE = {name: place for place, name in enumerate(ASTERISK)}


def headings(row: Sequence[str]) -> bool:
    """Whether this is a line of headings, which Asterisk itself does not write."""
    return len(row) > _PLACE["disposition"] and row[_PLACE["disposition"]].strip().casefold() == "disposition"


def record(row: Sequence[str], zone: ZoneInfo, order: str) -> Record:
    """The call of a line; Bad with the column that cannot be read."""
    if len(row) < NEEDED:
        raise Bad(ASTERISK[len(row)], _("This column is missing."))
    column = "start"
    try:
        at = cells.moment(row[_PLACE["start"]], zone, order)
        number = cells.number(row[_PLACE[column := "src"]])
        answered = cells.answered(row[_PLACE[column := "disposition"]])
        whole = _seconds(row[_PLACE[column := "duration"]])
        talk = _seconds(row[_PLACE[column := "billsec"]])
    except ValueError as error:
        raise Bad(column, str(error)) from None
    if talk > whole:
        raise Bad("billsec", _("It talked for longer than it lasted."))
    known = row[_PLACE["uniqueid"]].strip() if len(row) > _PLACE["uniqueid"] else ""
    return Record(at, number, answered, whole - talk, talk, _direction(row), known[:80])


def _seconds(value: str) -> float:
    found = cells.seconds(value)
    if found is None:
        raise ValueError(_("This is not a number of seconds."))
    return found


def direction(src: str, dst: str, channel: str, context: str) -> str:
    """A call from one of the company's own telephones goes out, or from desk to desk when its number is short."""
    telephone = channel.partition("/")[2].rpartition("-")[0]
    own = context.startswith("from-internal") or (src != "" and telephone == src)
    if not own:
        return "in"
    return "inside" if dst.isdigit() and len(dst) <= 6 else "out"


def _direction(row: Sequence[str]) -> str:
    src, dst = row[_PLACE["src"]].strip(), row[_PLACE["dst"]].strip()
    return direction(src, dst, row[_PLACE["channel"]], row[_PLACE["dcontext"]])
