"""When two names are the same: as they are written, or full pinyin against Latin letters. Never a part of one."""

import re
from collections.abc import Iterator
from itertools import islice, product

from shared.directory.pinyin import is_han, sounds_alone, units
from shared.lib import text

MOST = 200  # spellings of one name
_BETWEEN = re.compile(r"[\s·・•‧,，、.\-‐]+")
_NO_COMPANY = frozenset({"", "private", "personal", "none", "个人", "個人", "私人", "无", "無"})

__all__ = ["company", "is_han", "latin", "pinyin", "turned", "written"]


def written(name: str) -> str:
    """The name without what spellings differ in."""
    return text.fold(name)


def company(name: str) -> str:
    """A company in the same way; empty for whoever says that there is none."""
    folded = text.fold(name)
    return "" if folded in _NO_COMPANY else folded


def pinyin(name: str) -> set[str]:
    """The full pinyin of a Chinese name, each way in which it may be read (单 is shan, and some say dan)."""
    return _joined(sounds_alone(name))


def latin(name: str) -> set[str]:
    """Any other name as it is written, with and without what letters carry (Müller is muller and mueller)."""
    return _joined(list(_words(name)))


def turned(name: str) -> set[str]:
    """The same with its words in any order that keeps them round: surname first, or last."""
    words = list(_words(name))
    return set().union(*(_joined(words[at:] + words[:at]) for at in range(len(words))))


def _words(name: str) -> Iterator[tuple[str, ...]]:
    for word in _BETWEEN.split(text.clean(name)):
        spelled = _joined([unit.options for unit in units(word)])
        if spelled:
            yield tuple(spelled)


def _joined(parts: list[tuple[str, ...]]) -> set[str]:
    return {"".join(one) for one in islice(product(*parts), MOST)} - {""}
