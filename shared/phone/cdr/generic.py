"""Any other exchange: a list with headings, in the words of the list or as somebody says which column is which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from shared.lib import text
from shared.lib.i18n import _, lazy
from shared.phone.cdr import cells
from shared.phone.cdr.records import Bad, Record

FIELDS = {
    "time": lazy("Time"),
    "number": lazy("Number"),
    "answered": lazy("Answered or not"),
    "ring": lazy("Ring seconds"),
    "talk": lazy("Talk seconds"),
    "direction": lazy("Direction"),
    "id": lazy("The exchange's own number of the call"),
}
NEEDED = ("time", "number", "answered", "ring")
_WORDS = {
    "time": (
        "time",
        "date",
        "datetime",
        "calldate",
        "start",
        "start time",
        "call time",
        "时间",
        "来电时间",
        "呼叫时间",
    ),
    "number": ("number", "caller", "caller number", "from", "src", "source", "号码", "来电号码", "主叫号码", "主叫"),
    "answered": ("answered", "disposition", "status", "是否接听", "接听", "是否接通", "接听状态", "状态"),
    "ring": ("ring seconds", "ring", "rings", "ring time", "ringing", "振铃秒数", "振铃时长", "响铃秒数", "响铃时长"),
    "talk": ("talk seconds", "talk time", "billsec", "talk", "通话秒数", "通话时长"),
    "direction": ("direction", "type", "方向", "呼叫类型"),
    "id": ("id", "uniqueid", "call id", "callid", "流水号", "话单号"),
}
_KNOWN = {text.fold(word): field for field, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what, how the file calls it, and how many lines there are before the first call."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    skip: int

    def record(self, row: Sequence[str], zone: ZoneInfo, order: str) -> Record:
        """The call of a line; Bad with the column that cannot be read."""
        at = self._cell(row, "time", lambda value: cells.moment(value, zone, order))
        return Record(
            at,
            self._cell(row, "number", cells.number),
            self._cell(row, "answered", cells.answered),
            self._cell(row, "ring", cells.seconds),
            self._cell(row, "talk", cells.seconds),
            self._cell(row, "direction", cells.direction),
            self._cell(row, "id", str.strip)[:80],
        )

    def _cell(self, row: Sequence[str], field: str, read: Callable[[str], Any]) -> Any:
        place = self.places.get(field)
        if place is not None and place >= len(row) and field in NEEDED:
            raise Bad(self.names[field], _("This column is missing."))
        try:
            return read(row[place] if place is not None and place < len(row) else "")
        except ValueError as error:
            raise Bad(self.names[field], str(error)) from None


def understand(first: Sequence[str], columns: Mapping[str, str]) -> tuple[Layout, list[str]]:
    """The layout by the first line, and what is missing in it. `columns` says of a field which heading, or which
    column counted from 1, it stands in; what it does not say is found by its heading.
    """
    folded = [text.fold(cell) for cell in first]
    places = {_KNOWN[word]: place for place, word in reversed(list(enumerate(folded))) if word in _KNOWN}
    missing, numbered = [], set()
    for field, said in columns.items():
        if not said.strip():
            continue
        if said.strip().isdecimal():
            places[field] = int(said) - 1
            numbered.add(field)
        elif text.fold(said) in folded:
            places[field] = folded.index(text.fold(said))
        else:
            missing.append(said.strip())
    missing += [_(FIELDS[field]) for field in NEEDED if field not in places and not columns.get(field, "").strip()]
    return Layout(places, _names(first, places, numbered), _skipped(first, places, numbered)), missing


def _names(first: Sequence[str], places: Mapping[str, int], numbered: set[str]) -> dict[str, str]:
    return {
        field: str(place + 1) if field in numbered or place >= len(first) else first[place].strip()
        for field, place in places.items()
    }


def _skipped(first: Sequence[str], places: Mapping[str, int], numbered: set[str]) -> int:
    """A list of which every column is counted may begin at once: then its first line has a figure in the time."""
    place = places.get("time", 0)
    begins = set(NEEDED) <= numbered and place < len(first) and any(c.isdigit() for c in first[place])
    return 0 if begins else 1
