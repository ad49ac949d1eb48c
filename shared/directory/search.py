"""Matching what somebody types against names: pinyin, initials, both mixed, or the characters themselves."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from shared.directory.pinyin import Unit
from shared.directory.views import PersonView

_DOUBLE = ("zh", "ch", "sh")
WHOLE, BEGINS, WITHIN, BEGINS_IN_PART, WITHIN_IN_PART, DEPARTMENT = range(6)


class Form(NamedTuple):
    """One way a person may be asked for: by name, alias or department, as sounds in order."""

    kind: str
    units: tuple[Unit, ...]
    text: str


class Entry(NamedTuple):
    """Somebody who may be found."""

    person: PersonView
    forms: tuple[Form, ...]


class Hit(NamedTuple):
    """Somebody who was found: how well, in which form, and from which sound to which."""

    rank: tuple[int, int, str, str, str, int]
    person: PersonView
    form: Form
    start: int
    end: int


class Index:
    """Entries by the first two letters of every sound, so that a search looks at few of 5,000 names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.starts: dict[str, list[tuple[Entry, Form, int]]] = defaultdict(list)
        for entry in entries:
            for form in entry.forms:
                for start in range(len(form.units)):
                    for letters in _openings(form.units, start):
                        self.starts[letters].append((entry, form, start))

    def search(self, query: str, limit: int, wanted: Callable[[PersonView, Form], bool]) -> list[Hit]:
        """The best `limit` people, each once. `query` is folded and without spaces."""
        best: dict[int, Hit] = {}
        for entry, form, start in self.starts.get(query[:2], ()):
            if not wanted(entry.person, form):
                continue
            found = match(query, form.units, start)
            if found is None:
                continue
            end, short = found
            hit = Hit(_rank(entry.person, form, start, end, short), entry.person, form, start, end)
            if entry.person.id not in best or hit.rank < best[entry.person.id].rank:
                best[entry.person.id] = hit
        return heapq.nsmallest(limit, best.values(), key=lambda hit: hit.rank)


def match(query: str, units: tuple[Unit, ...], start: int) -> tuple[int, int] | None:
    """The sound after the last one that `query` spells from `start`, and how many sounds are cut short."""
    reached = {0: 0}
    for at in range(start, len(units)):
        following: dict[int, int] = {}
        done: int | None = None
        for position, short in reached.items():
            rest = query[position:]
            for option in units[at].options:
                if option.startswith(rest):
                    cost = short + (option != rest)
                    done = cost if done is None else min(done, cost)
                for size, cost in _steps(rest, option):
                    following[position + size] = min(short + cost, following.get(position + size, 99))
        if done is not None:
            return at + 1, done
        reached = following
        if not reached:
            return None
    return None


def _steps(rest: str, option: str) -> Iterator[tuple[int, int]]:
    """How far an option takes us when the next sound follows: all of it, or its initial."""
    if rest.startswith(option):
        yield len(option), 0
    if len(option) > 1 and rest[0] == option[0]:
        yield 1, 1
    if len(option) > 2 and option[:2] in _DOUBLE and rest.startswith(option[:2]):
        yield 2, 1


def _openings(units: tuple[Unit, ...], start: int) -> set[str]:
    """The first letter, and every first two letters, of what may be typed from `start` on."""
    options = units[start].options
    following = units[start + 1].options if start + 1 < len(units) else ()
    found = {option[:1] for option in options} | {option[:2] for option in options if len(option) > 1}
    return found | {option[0] + after[0] for option in options for after in following}


def _rank(person: PersonView, form: Form, start: int, end: int, short: int) -> tuple[int, int, str, str, str, int]:
    if form.kind == "department":
        kind = DEPARTMENT
    elif start == 0 and end == len(form.units) and not short:
        kind = WHOLE
    else:
        kind = (BEGINS if start == 0 else WITHIN) + (2 if short else 0)
    return kind, short, person.pinyin.casefold(), person.name, person.department, person.id
