"""Matching what somebody types against names: pinyin, initials, both mixed, or the characters themselves."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from shared.directory.pinyin import Unit

_DOUBLE = ("zh", "ch", "sh")
_FAR = 99
MANY = 200  # from so many differences on, building anew is quicker
WHOLE, BEGINS, WITHIN, BEGINS_IN_PART, WITHIN_IN_PART, DEPARTMENT = range(6)


class Form(NamedTuple):
    """One way somebody may be asked for, as sounds in order: by name, or by what stands beside it (alias, reading)."""

    beside: bool
    text: str
    units: tuple[Unit, ...]


class Found(NamedTuple):
    """How well somebody was found (the smaller the better), in which form, and from which sound to which."""

    kind: int
    short: int
    form: Form
    start: int
    end: int


class Index:
    """Names by the first two letters from every sound on, so that a search looks at few of 5,000.

    Readers need no lock: a list is replaced, never changed, once the index is in use.
    """

    def __init__(self, sounds: Mapping[int, str]) -> None:
        self.starts: dict[str, list[tuple[int, Form, int]]] = defaultdict(list)
        self.sounds = dict(sounds)
        for key, written in sounds.items():
            for letters, start in _places(key, written):
                self.starts[letters].append(start)
        self.starts.default_factory = None

    def follow(self, sounds: Mapping[int, str]) -> "Index":
        """Brings the index up to date by what differs; names are compared, not spelled again."""
        gone = [key for key, written in self.sounds.items() if sounds.get(key) != written]
        if len(gone) + len(sounds.keys() - self.sounds.keys()) > MANY:
            return Index(sounds)
        for key in gone:
            for letters in {letters for letters, _start in _places(key, self.sounds.pop(key))}:
                self.starts[letters] = [start for start in self.starts[letters] if start[0] != key]
        for key in sounds.keys() - self.sounds.keys():
            for letters, start in _places(key, sounds[key]):
                self.starts[letters] = [*self.starts.get(letters, ()), start]
            self.sounds[key] = sounds[key]
        return self

    def search(self, query: str) -> dict[int, Found]:
        """Everybody who may be meant, each in the best way. `query` is folded and without spaces."""
        best: dict[int, Found] = {}
        for key, form, start in self.starts.get(query[:2], ()):
            found = match(query, form.units, start)
            if found is None:
                continue
            end, short = found
            if start == 0 and end == len(form.units) and not short:
                kind = WHOLE
            else:
                kind = (BEGINS if start == 0 else WITHIN) + (2 if short else 0)
            if key not in best or (kind, short) < best[key][:2]:
                best[key] = Found(kind, short, form, start, end)
        return best


def match(query: str, units: tuple[Unit, ...], start: int) -> tuple[int, int] | None:
    """The sound after the last one that `query` spells from `start`, and how many sounds are cut short.

    Every sound but the last is typed whole or by its initial: wangjm, wjianm; the last one as far as one got.
    """
    reached, size = {0: 0}, len(query)
    for at in range(start, len(units)):
        following: dict[int, int] = {}
        done = _FAR
        for position, short in reached.items():
            left = size - position
            for option in units[at].options:
                length = len(option)
                if length >= left:
                    if option.startswith(query[position:]):
                        done = min(done, short + (length > left))
                elif query.startswith(option, position):
                    _reach(following, position + length, short)
                if length > 1 < left and query[position] == option[0]:
                    _reach(following, position + 1, short + 1)
                    if length > 2 < left and option[:2] in _DOUBLE and query.startswith(option[:2], position):
                        _reach(following, position + 2, short + 1)
        if done < _FAR:
            return at + 1, done
        if not following:
            return None
        reached = following
    return None


def _reach(following: dict[int, int], position: int, short: int) -> None:
    if short < following.get(position, _FAR):
        following[position] = short


def _places(key: int, sounds: str) -> Iterable[tuple[str, tuple[int, Form, int]]]:
    """Where a name is filed: every opening, with the name and the sound it begins at."""
    for at, (written, found) in enumerate(json.loads(sounds)):
        units = tuple(Unit(start, end, tuple(options)) for start, end, options in found)
        form = Form(at > 0, written, units)
        for start, unit in enumerate(units):
            following = units[start + 1].options if start + 1 < len(units) else ()
            for letters in _openings(unit.options, following):
                yield letters, (key, form, start)


@lru_cache(maxsize=20_000)
def _openings(options: tuple[str, ...], following: tuple[str, ...]) -> frozenset[str]:
    """The first letter, and every first two letters, of what may be typed from a sound on."""
    found = {option[:1] for option in options} | {option[:2] for option in options if len(option) > 1}
    return frozenset(found | {option[0] + after[0] for option in options for after in following})
