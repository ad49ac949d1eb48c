"""The cells of a call list: a time, a number, seconds, yes or no. ValueError with a sentence when it is not one."""

import contextlib
import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from shared.lib import phone
from shared.lib.i18n import _

ORDERS = {"ymd": "2026-11-23 09:00:05", "dmy": "23.11.2026 09:00:05", "mdy": "11/23/2026 9:00:05"}
_PLAIN = re.compile(r"[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)  # as most exchanges write it
_FIRST = r"(?P<{}>\d{{1,4}})(?:[-/.]|年|月)(?P<{}>\d{{1,2}})(?:[-/.]|月)(?P<{}>\d{{1,4}})日?"
_CLOCK = r"[ T]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)? ?(?P<z>Z|[+-]\d{2}:?\d{2})?"
_TIMES = {order: re.compile(_FIRST.format(*order) + _CLOCK) for order in ORDERS}
_NUMBER = re.compile(r"\+?[\d\s().\-/]{1,40}")
_WRITTEN = re.compile(r"\d{1,7}(?:\.\d{1,6})?|(?:\d{1,3}:)?\d{1,2}:\d{2}")
_LESS = re.compile(r"-\d+(?:\.\d+)?")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_YES = {"1", "y", "yes", "true", "answered", "answer", "是", "已接", "接听", "已接听", "接通", "已接通"}
_NO = {"0", "n", "no", "false", "no answer", "noanswer", "unanswered", "missed", "busy", "failed", "congestion",
       "cancelled", "否", "未接", "未接听", "无人接听", "未接通", "占线"}  # fmt: skip
_IN = {"", "in", "incoming", "inbound", "来电", "呼入", "入", "打入"}
_OUT = {"out", "outgoing", "outbound", "去电", "呼出", "出", "打出"}
_INSIDE = {"internal", "inside", "local", "内部", "内线"}
LONGEST = 7 * 86400.0  # seconds: nothing on a telephone takes longer


def moment(value: str, zone: ZoneInfo, order: str) -> datetime:
    """When it was, in UTC; read in the zone of the exchange unless it says how far it is from UTC."""
    if order == "ymd" and _PLAIN.fullmatch(value):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(value).replace(tzinfo=zone).astimezone(UTC)
    found = _TIMES[order].fullmatch(_plain(value).strip())
    if found is None:
        raise ValueError(_("This is not a time as you chose it."))
    try:
        year, month, day, hour, minute = (int(found[name]) for name in "ymdhi")
        told = _offset(found["z"]) if found["z"] else zone
        if year < 100:
            raise ValueError
        return datetime(year, month, day, hour, minute, int(found["s"] or 0), tzinfo=told).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_("This is not a time as you chose it.")) from None


def _offset(told: str) -> timezone:
    if told == "Z":
        return UTC
    by = timedelta(hours=int(told[1:3]), minutes=int(told[-2:]))
    return timezone(-by if told[0] == "-" else by)


@lru_cache(100_000)
def number(value: str) -> str | None:
    """A number in the form in which numbers are compared, the digits of one without an area code; None when hidden."""
    written = value.strip()
    if _SHORTENED.fullmatch(written):
        raise ValueError(_("The digits of this number are lost. Make the column text before you save it."))
    if not _NUMBER.fullmatch(written):
        if (known := phone.read(written)) is not None and written[:1] not in "=@":
            return known.normal
        _plain(written)
        return None
    known = phone.read(written)
    digits = re.sub(r"\D", "", written)
    return known.normal if known else digits[:20] if len(digits) > 2 else None


@lru_cache(5_000)
def seconds(value: str) -> float | None:
    """Seconds, written as 9, 9.5 or 00:00:09; None for an empty cell."""
    written = value.strip()
    if not written:
        return None
    if _LESS.fullmatch(written):
        if float(written):
            raise ValueError(_("This is less than nothing."))
        return 0.0
    if not _WRITTEN.fullmatch(_plain(written)):
        raise ValueError(_("This is not a number of seconds."))
    found = 0.0
    for part in written.split(":"):
        found = found * 60 + float(part)
    if found > LONGEST:
        raise ValueError(_("This is not a number of seconds."))
    return found


@lru_cache(200)
def answered(value: str) -> bool:
    """Whether somebody answered."""
    word = value.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(_("This says neither that it was answered nor that it was not."))


@lru_cache(200)
def direction(value: str) -> str:
    """in, out or inside; a list that does not say is one of calls that came in."""
    word = value.strip().casefold()
    for name, words in (("in", _IN), ("out", _OUT), ("inside", _INSIDE)):
        if word in words:
            return name
    raise ValueError(_("This says neither in nor out."))


def _plain(value: str) -> str:
    if value.lstrip()[:1] in tuple("=@+-") or value[:1] in ("\t", "\r"):
        raise ValueError(_("This is a formula. Save the list with its values."))
    return value
