"""Pieces of text: two Chinese characters, three letters, a syllable, initials; for a row and for what is typed.

A row is kept under each of its pieces. Whoever types "建明", "jianm" or "wjm" asks for rows that hold all the pieces of
one way to read that, and the few that are found are looked at whole.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice, product

from shared.directory.pinyin import HAN, fold, is_han, legal_syllable, sounds_alone
from shared.register.definition import Texts

READINGS = 40
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


def number(register: str, piece: str) -> int:
    """A piece as a number of 32 bits; two pieces with one number only cost a second look."""
    return zlib.crc32(f"{register}:{piece}".encode())


def runs(value: str) -> list[str]:
    """Chinese characters that stand together, and words."""
    return _RUN.findall(fold(value))


def pieces(texts: Texts) -> set[str]:
    """Everything a row is kept under."""
    found = {f"={fold(code)}" for code in texts.codes if code}
    for value in (*texts.names, *texts.words):
        for run in runs(value):
            found.update(_of_run(run))
    for name in texts.names:
        found.update(_of_sounds(name))
    return found


def _of_run(run: str) -> Iterator[str]:
    if is_han(run):
        yield f"^{run[0]}"
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    else:
        yield f"^{run[:2]}"
        yield from (run[at : at + 3] for at in range(len(run) - 2))


def _of_sounds(name: str) -> Iterator[str]:
    spoken = syllables(name)
    for one in chain.from_iterable(spoken):
        yield from (f"~{one}", f"^{one[:2]}")
    if len(spoken) > 1:
        yield f"!{''.join(options[0][0] for options in spoken)}"


@lru_cache(5000)
def _sounds(name: str) -> list[tuple[str, ...]]:
    return sounds_alone(name)


def syllables(name: str) -> list[tuple[str, ...]]:
    """How each Chinese character of a name may be spelled."""
    sounds = (tuple(one for one in options if legal_syllable(one)) for options in _sounds(name))
    return [options for options in sounds if options]


@dataclass(frozen=True)
class Wanted:
    """What somebody typed."""

    typed: str

    @cached_property
    def runs(self) -> list[str]:
        return runs(self.typed)

    def readings(self) -> list[list[str]]:
        """Each way to read it, as the pieces that a row must hold; none when too little is written to look for."""
        if not self.runs:
            return []
        whole = [[f"={fold(self.typed).replace(' ', '')}"]]
        parts = [_readings(run) for run in self.runs]
        return whole + [sorted(set(chain.from_iterable(chosen))) for chosen in islice(product(*parts), READINGS)]

    def fits(self, texts: Texts) -> bool:
        """Whether a row really holds it: every run in one of its texts, or spelled by one of its names."""
        if texts.codes and fold(self.typed).replace(" ", "") in map(fold, texts.codes):
            return True
        written = [fold(value) for value in (*texts.names, *texts.words)]
        return bool(self.runs) and all(
            any(run in value for value in written) or any(_spells(run, name) for name in texts.names)
            for run in self.runs
        )


def _readings(run: str) -> list[list[str]]:
    if is_han(run):
        return [[run[at : at + 2] for at in range(len(run) - 1)] or [f"^{run}"]]
    if len(run) < 2:
        return []
    literal = [run[at : at + 3] for at in range(len(run) - 2)] or [f"^{run}"]
    spelled = [[*(f"~{one}" for one in whole), *_begun(rest)] for whole, rest in _spellings(run)]
    return [literal, [f"!{run}"], *filter(None, spelled)]


def _begun(rest: str) -> list[str]:
    return [f"^{rest[:2]}"] if len(rest) > 1 else []


def _spellings(typed: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every way to cut what is typed into syllables; what is left at the end is the beginning of one more."""
    for size in range(min(6, len(typed)), 0, -1):
        if not legal_syllable(typed[:size]):
            continue
        if size == len(typed):
            yield (typed,), ""
            continue
        for later, rest in _spellings(typed[size:]):
            yield (typed[:size], *later), rest
    if len(typed) < 6:
        yield (), typed


def _spells(run: str, name: str) -> bool:
    """Whether letters spell a stretch of a name (the last syllable may be begun only), or are its initials."""
    spoken = syllables(name)
    if len(run) == len(spoken) > 1 and all(map(_begins, run, spoken)):
        return True
    return any(_goes_on(run, spoken[start:]) for start in range(len(spoken)))


def _begins(letter: str, options: tuple[str, ...]) -> bool:
    return any(one.startswith(letter) for one in options)


def _goes_on(run: str, spoken: list[tuple[str, ...]]) -> bool:
    first, rest = (spoken[0], spoken[1:]) if spoken else ((), [])
    return _begins(run, first) or any(
        run.startswith(one) and _goes_on(run[len(one) :], rest) for one in first if len(one) < len(run)
    )
