"""Finding a host in the lobby: little is asked, less is shown, and nothing can be collected."""

import base64
import heapq
from datetime import timedelta
from typing import Literal

from cryptography.exceptions import InvalidTag

from shared.directory import cache
from shared.directory.pinyin import is_han, marks
from shared.directory.questions import folded
from shared.directory.search import WHOLE, Found
from shared.directory.views import PersonView, Suggestion
from shared.lib import clock, text
from shared.lib.i18n import language

SHOWN = 5
CHARACTERS, LETTERS = 2, 3
_LIFE = {"open": timedelta(minutes=15), "staff": timedelta(hours=12)}
_PURPOSE = "host"


def suggest(query: str) -> list[Suggestion]:
    """At most five people who work here and are not protected; nothing below two characters or three letters."""
    return [_line(person, found) for person, found in _best(query)]


def exact(query: str) -> list[Suggestion]:
    """Only who answers to the full name or the full pinyin; several of one name, so that the department is chosen."""
    return [_line(person, found) for person, found in _best(query) if found.kind == WHOLE]


def long_enough(query: str) -> bool:
    """Whether a folded question may be asked: two characters of Chinese, Japanese or Korean, or three letters."""
    signs = sum(not c.isascii() and (is_han(c) or "\u3041" <= c <= "\ud7a3") for c in query)
    return signs >= CHARACTERS or sum(c.isalpha() for c in query) >= LETTERS


def ref_of(person: PersonView) -> str:
    """A reference for staff's own pages, good for 12 hours; it may name a protected person."""
    return _ref(person, "staff")


def resolve_ref(ref: str) -> PersonView | None:
    """Who a reference means; None when it was made up, is too old, or the person may not be visited that way now."""
    try:
        padded = ref + "=" * (-len(ref) % 4)
        purpose, scope, person_id, until = text.unseal(base64.urlsafe_b64decode(padded)).split("|")
        if purpose != _PURPOSE or clock.now().timestamp() > float(until):
            return None
        person = cache.known().people.get(int(person_id))
    except (ValueError, InvalidTag):
        return None
    if person is None or not person.active or (person.protected and scope != "staff"):
        return None
    return person


def _best(query: str) -> list[tuple[PersonView, Found]]:
    asked = folded(query)
    named = cache.known().named(asked) if long_enough(asked) else []
    best = heapq.nsmallest(SHOWN, (row for row in named if not row[1].protected), key=lambda row: row[0])
    return [(person, found) for _rank, person, found in best]


def _line(person: PersonView, found: Found) -> Suggestion:
    """What the visitor sees, in the visitor's language; the form that matched stands behind the name if it differs."""
    spoken = person.spoken(language())
    matched = found.form.text if found.form.beside else person.pinyin if language() == "en" else person.name
    shown = spoken if matched == spoken else f"{spoken} ({matched})"
    where, offset = _mark(found, matched), shown.rindex(matched)
    ranges = ((where[0] + offset, where[1] + offset),) if where else ()
    return Suggestion(person, shown, person.department_in(language()), ranges, _ref(person, "open"))


def _mark(found: Found, matched: str) -> tuple[int, int] | None:
    units = found.form.units
    if matched == found.form.text:
        return units[found.start].start, units[found.end - 1].end
    return marks(matched, units, found.start, found.end)


def _ref(person: PersonView, scope: Literal["open", "staff"]) -> str:
    until = (clock.now() + _LIFE[scope]).timestamp()
    sealed = text.seal(f"{_PURPOSE}|{scope}|{person.id}|{until:.0f}")
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
