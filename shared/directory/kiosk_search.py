"""Finding a host in the lobby: little is asked, less is shown, and nothing can be collected (rulings on the search)."""

import base64
from datetime import timedelta
from typing import Literal

from cryptography.exceptions import InvalidTag

from shared.directory import cache
from shared.directory.pinyin import is_han, marks
from shared.directory.questions import folded
from shared.directory.search import WHOLE, Form, Hit
from shared.directory.views import PersonView, Suggestion
from shared.lib import clock, text
from shared.lib.i18n import language

SHOWN = 5
CHARACTERS, LETTERS = 2, 3
_LIFE = {"open": timedelta(minutes=15), "staff": timedelta(hours=12)}
_PURPOSE = "host"


def suggest(query: str) -> list[Suggestion]:
    """At most five people who work here and are not protected; nothing below two characters or three letters."""
    return [_line(hit) for hit in _hits(query)]


def exact(query: str) -> list[Suggestion]:
    """Only who answers to the full name or the full pinyin; several of one name, so that the department is chosen."""
    return [_line(hit) for hit in _hits(query) if hit.rank[0] == WHOLE]


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


def _hits(query: str) -> list[Hit]:
    asked = folded(query)
    return cache.known().index.search(asked, SHOWN, _open) if long_enough(asked) else []


def _open(person: PersonView, form: Form) -> bool:
    return not person.protected and form.kind != "department"


def _line(hit: Hit) -> Suggestion:
    """What the visitor sees, in the visitor's language; the form that matched stands behind the name if it differs."""
    person, spoken = hit.person, hit.person.spoken(language())
    matched = hit.form.text if hit.form.kind == "alias" else person.pinyin if language() == "en" else person.name
    shown = spoken if matched == spoken else f"{spoken} ({matched})"
    found = _mark(hit, matched)
    offset = shown.rindex(matched)
    where = ((found[0] + offset, found[1] + offset),) if found else ()
    return Suggestion(person, shown, person.department_in(language()), where, _ref(person, "open"))


def _mark(hit: Hit, matched: str) -> tuple[int, int] | None:
    units = hit.form.units
    if matched == hit.form.text:
        return units[hit.start].start, units[hit.end - 1].end
    return marks(matched, units, hit.start, hit.end)


def _ref(person: PersonView, scope: Literal["open", "staff"]) -> str:
    until = (clock.now() + _LIFE[scope]).timestamp()
    sealed = text.seal(f"{_PURPOSE}|{scope}|{person.id}|{until:.0f}")
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
