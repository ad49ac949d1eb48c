"""Questions to the directory: who is this, who is meant, how are they reached."""

import heapq

from sqlalchemy import select

from shared.directory import cache
from shared.directory.models import Person
from shared.directory.pinyin import fold
from shared.directory.search import DEPARTMENT
from shared.directory.views import Contact, DepartmentView, PersonView
from shared.lib import db, text
from shared.lib.errors import NotFound
from shared.lib.i18n import _


def person(person_id: int) -> PersonView | None:
    """Somebody by number of row, also when they have left."""
    return cache.known().people.get(person_id)


def by_token(token: str) -> PersonView:
    """Somebody by public token; NotFound when there is none."""
    found = cache.known().by_token.get(token)
    if found is None:
        raise NotFound(_("This person is not in the directory."))
    return found


def people(*, department_id: int | None = None, retired: bool = False) -> list[PersonView]:
    """Everybody who works here (or who has left), by department and name."""
    found = [
        one
        for one in cache.known().people.values()
        if one.active is not retired and department_id in (None, one.department_id)
    ]
    return sorted(found, key=lambda one: (one.department, one.pinyin.casefold(), one.name))


def departments() -> list[DepartmentView]:
    """Every department in the order in which it was added."""
    return sorted(cache.known().departments.values(), key=lambda one: one.id)


def department(token: str) -> DepartmentView:
    """A department by public token; NotFound when there is none."""
    found = next((one for one in cache.known().departments.values() if one.token == token), None)
    if found is None:
        raise NotFound(_("There is no such department."))
    return found


def deputy_of(person_id: int) -> PersonView | None:
    """Who stands in for somebody; None when nobody does, or the deputy has left."""
    one = person(person_id)
    deputy = person(one.deputy_id) if one and one.deputy_id else None
    return deputy if deputy and deputy.active else None


def find(query: str, *, limit: int = 20, everyone: bool = True) -> list[PersonView]:
    """For staff: people by name, alias, pinyin, initials or department, the best first; two words narrow each other.

    `everyone=False` leaves out protected people. Nobody who has left; nothing for an empty question.
    """
    words = [folded(word) for word in query.split()]
    if not all(words) or not words:
        return []
    found = _search("".join(words), limit, everyone)
    if not found and len(words) > 1:
        found = _narrowed(words, limit, everyone)
    return found


def contact(person_id: int) -> Contact:
    """How somebody is reached; who asks writes it down (procedure 4.2.8). NotFound when there is nobody."""
    query = select(Person.email, Person.phone, Person.phone_normal, Person.extension).where(Person.id == person_id)
    with db.reading() as session:
        row = session.execute(query).first()
    if row is None:
        raise NotFound(_("This person is not in the directory."))
    return Contact(*row)


def resolve_text(written: str) -> PersonView | None:
    """The one unprotected person who works here under exactly this name or alias; None when nobody or several do."""
    found = cache.known().by_text.get(text.fold(written), [])
    return found[0] if len(found) == 1 else None


def folded(query: str) -> str:
    """What is searched for: folded, without spaces, dots and hyphens; empty when it holds a sign that no name has."""
    kept = "".join(c for c in fold(query) if c not in " \t\u3000·・-‐'’.")
    return kept if kept.isalnum() and len(kept) <= 40 else ""


def _search(query: str, limit: int, everyone: bool) -> list[PersonView]:
    """By name first, then everybody of a department of that name."""
    known = cache.known()
    ranked = [(rank, one) for rank, one, _how in known.named(query)]
    departments = known.department_index.search(query).keys()
    if departments:
        named = {one.id for _rank, one in ranked}
        members = (one for one in known.people.values() if one.active and one.department_id in departments)
        ranked += [((DEPARTMENT, 0, known.order[one.id]), one) for one in members if one.id not in named]
    return [one for _rank, one in heapq.nsmallest(limit, (row for row in ranked if everyone or not row[1].protected))]


def _narrowed(words: list[str], limit: int, everyone: bool) -> list[PersonView]:
    """Those who answer to every word: 张伟 市场."""
    first, *others = (_search(word, 10_000, everyone) for word in words)
    ids = [{one.id for one in found} for found in others]
    return [one for one in first if all(one.id in found for found in ids)][:limit]
