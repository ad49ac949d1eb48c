"""The list in memory, for a check-in that must not wait: read once by every process, forgotten when it changes."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import select

from shared import journal
from shared.lib import clock, db
from shared.watch_list import keys
from shared.watch_list.model import WatchEntry, WatchMatch
from shared.watch_list.views import MATCHED, MatchView

LATELY = timedelta(hours=48)  # nobody is on site longer: the day ends for everybody
MOST = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry is compared by beside the name."""

    id: int
    company: str
    expires_at: datetime


class Index:
    """Every name and alias of the list by its keys."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.entries: dict[int, Known] = {}
        self.written: dict[str, set[int]] = defaultdict(set)
        self.pinyin: dict[str, set[int]] = defaultdict(set)
        self.latin: dict[str, set[int]] = defaultdict(set)
        self.turned: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            self.entries[row.id] = Known(row.id, keys.company(row.company), row.expires_at)
            for name in filter(None, (row.name, *row.aliases.splitlines())):
                self._add(row.id, name)

    def _add(self, entry_id: int, name: str) -> None:
        if keys.is_han(name):
            self.written[keys.written(name)].add(entry_id)
            found = [(self.pinyin, keys.pinyin(name))]
        else:
            found = [(self.latin, keys.latin(name)), (self.turned, keys.turned(name))]
        for where, spelled in found:
            for key in spelled:
                where[key].add(entry_id)

    def meant(self, names: Iterable[str], company: str, moment: datetime) -> list[int]:
        """Whom a visitor may be: the name is theirs, the company too where both are known, and its time is not over."""
        if not self.entries:
            return []
        from_there = keys.company(company)
        found = sorted(set().union(*(self._named(name) for name in names)))
        return [one for one in found if self._fits(self.entries[one], from_there, moment)]

    def _named(self, name: str) -> set[int]:
        if keys.is_han(name):
            found = set(self.written.get(keys.written(name), ()))
            if self.turned:
                found.update(*(self.turned.get(key, ()) for key in keys.pinyin(name)))
            return found
        typed = keys.turned(name)
        return set().union(*(where.get(key, ()) for key in typed for where in (self.latin, self.pinyin)))

    def _fits(self, entry: Known, company: str, moment: datetime) -> bool:
        return entry.expires_at > moment and (not entry.company or not company or entry.company == company)


class _Kept(Generic[T]):
    """Something read once, and anew after it was forgotten; what is read while it changes is not kept."""

    def __init__(self, read: Callable[[], T]) -> None:
        self.read = read
        self.held: T | None = None
        self.version = 0
        self.lock = threading.Lock()

    def get(self) -> T:
        held = self.held
        if held is not None:
            return held
        with self.lock:
            if self.held is not None:
                return self.held
            version = self.version
            fresh = self.read()
            if version == self.version:
                self.held = fresh
            return fresh

    def forget(self) -> None:
        self.version += 1
        self.held = None


_ENTRIES = select(WatchEntry.id, WatchEntry.name, WatchEntry.aliases, WatchEntry.company, WatchEntry.expires_at)
_M: Any = WatchMatch.__table__.c
_MATCHES = select(*MATCHED, WatchEntry.instruction).outerjoin(WatchEntry, WatchEntry.id == _M.entry_id)


def _read_index() -> Index:
    with db.reading() as session:
        return Index(session.execute(_ENTRIES).all())


def _read_matches() -> dict[int, tuple[MatchView, ...]]:
    newest = _MATCHES.where(_M.at > clock.now() - LATELY).order_by(_M.id.desc()).limit(MOST)
    found: dict[int, tuple[MatchView, ...]] = {}
    with db.reading() as session:
        for row in reversed(session.execute(newest).all()):
            found[row.visit_id] = (*found.get(row.visit_id, ()), MatchView(*row))
    return found


_index, _matches = _Kept(_read_index), _Kept(_read_matches)


def meant(names: Iterable[str], company: str, moment: datetime) -> list[int]:
    """The entries a visitor of this name and company may be."""
    return _index.get().meant(names, company, moment)


def matches() -> dict[int, tuple[MatchView, ...]]:
    """Who of the last two days may be on the list, by visit."""
    return _matches.get()


def of_visit(visit_id: int) -> tuple[MatchView, ...]:
    """The same for one visit; inside an act as that act sees it."""
    if not db.in_act():
        return _matches.get().get(visit_id, ())
    with db.reading() as session:
        rows = session.execute(_MATCHES.where(_M.visit_id == visit_id).order_by(_M.id)).all()
    return tuple(MatchView(*row) for row in rows)


def forget() -> None:
    """Reads everything again when it is next asked for."""
    _index.forget()
    _matches.forget()


db.when_closed(forget)
journal.keep_fresh(forget, "watch_list", "retention")
