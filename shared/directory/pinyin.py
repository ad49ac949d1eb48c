"""How names are found and shown: pinyin, initials and doubtful readings of Chinese names, words of all others."""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from shared.directory.readings import ALSO, COMPOUND, GIVEN, SINGLE

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SOLO = "\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7a3"  # kana and hangul: one sign, one sound
_PIECE = re.compile(rf"[{HAN}]|[{_SOLO}]|[^\W{HAN}{_SOLO}]+(?:['’][^\W{HAN}{_SOLO}]+)*")
_ONE_HAN = re.compile(f"[{HAN}]")
_PARTS = re.compile(r"[·・•‧\s]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_FINALS = (
    "a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang ue ui un uo ü üe"
)
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:" + "|".join(sorted(_FINALS.split(), key=len, reverse=True)) + ")"
)


class Unit(NamedTuple):
    """One sound of a name: where it stands in the text, and what may be typed for it (the shown reading first)."""

    start: int
    end: int
    options: tuple[str, ...]


def is_han(value: str) -> bool:
    """Whether `value` holds at least one Chinese character."""
    return _ONE_HAN.search(value) is not None


def fold(value: str) -> str:
    """What is compared: lower case, accents gone, one form of every sign."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", value).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.category(c)[0] != "M")).translate(
        _LETTERS
    )


def legal_syllable(value: str) -> bool:
    """Whether letters can be one syllable of pinyin (lv counts as lü)."""
    return _SYLLABLE.fullmatch(value.replace("v", "ü")) is not None


@lru_cache(maxsize=20_000)
def units(name: str, reading: str = "") -> tuple[Unit, ...]:
    """The sounds of `name` in order; `reading` ("Ge Lijun") outranks what tables and dictionary say."""
    found = [_unit(piece) for piece in _PIECE.finditer(name)]
    han = [at for at, unit in enumerate(found) if is_han(name[unit.start])]
    own = _aligned(reading, "".join(name[found[at].start] for at in han)) if reading else None
    sounds = [(one,) for one in own] if own else _sounds(name)
    for at, readings in zip(han, sounds, strict=True):
        unit = found[at]
        typed = [variant for one in readings for variant in _typed(one)]
        found[at] = Unit(unit.start, unit.end, tuple(dict.fromkeys([*typed, *unit.options])))
    return tuple(found)


def spells(reading: str, name: str) -> bool:
    """Whether a reading gives every Chinese character of a name its syllable; Tanaka Yuki does not for 田中由纪."""
    return _aligned(reading, "".join(_ONE_HAN.findall(name))) is not None


@lru_cache(maxsize=20_000)
def display_pinyin(name: str, reading: str = "") -> str:
    """A Chinese name as the English pages show it, surname first: Wang Jianming, Lü Zhiqiang, Piao Xin'ai."""
    han = "".join(_ONE_HAN.findall(name))
    if not han:
        return name
    own = _aligned(reading, han) if reading else None
    if reading and (own is None or len(reading.split()) != len(han)):
        return " ".join(word[:1].upper() + word[1:] for word in reading.split())
    sounds = iter(own or [readings[0] if readings else "" for readings in _sounds(name)])
    parts = [part for part in _PARTS.split(name) if part]
    return " ".join(_shown(part, sounds, family=len(parts) == 1) for part in parts)


def marks(shown: str, found: tuple[Unit, ...], start: int, end: int) -> tuple[int, int] | None:
    """Where the sounds `start` to `end` stand in a name shown in pinyin; None when it does not spell them."""
    at, edges = 0, []
    for unit in found:
        spelled = unit.options[0]
        while at < len(shown) and not shown[at].isalnum():
            at += 1
        if fold(shown[at : at + len(spelled)]) != spelled.replace("v", "u"):
            return None
        edges.append((at, at + len(spelled)))
        at += len(spelled)
    return edges[start][0], edges[end - 1][1]


def _unit(piece: re.Match[str]) -> Unit:
    written = piece.group().replace("'", "").replace("’", "")
    options = [fold(written)]
    german = unicodedata.normalize("NFC", written.casefold())
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        german = german.replace(umlaut, letters)
    return Unit(piece.start(), piece.end(), tuple(dict.fromkeys([*options, fold(german)])))


def _typed(reading: str) -> tuple[str, ...]:
    """What people type for a reading: lü is lv, lu or lyu."""
    return tuple(reading.replace("ü", letter) for letter in ("v", "u", "yu")) if "ü" in reading else (reading,)


def _sounds(name: str) -> list[tuple[str, ...]]:
    """The readings of every Chinese character of `name`, the likeliest first."""
    parts = [part for part in _PARTS.split(name) if part]
    return [one for part in parts for run in _runs(part) for one in _run_sounds(run, family=len(parts) == 1)]


def _runs(part: str) -> list[str]:
    return re.findall(f"[{HAN}]+", part)


def _run_sounds(run: str, *, family: bool, usual: list[str] | None = None) -> list[tuple[str, ...]]:
    size = _surname_length(run) if family else 0
    if size == 2:
        first = [_several(own, run[at]) for at, own in enumerate(COMPOUND[run[:2]])]
    else:
        first = [_several(*SINGLE.get(run[0], ()), run[0])] if size else []
    given = run[size:]
    known = _usual(given) if usual is None else usual[size:]
    return first + [_distinct(GIVEN.get(c, one), *ALSO.get(c, ())) for c, one in zip(given, known, strict=True)]


def _several(*wanted: str) -> tuple[str, ...]:
    """The wanted readings, and what the dictionary lists first for the last argument, as those say who do not know."""
    *own, character = wanted
    return _distinct(*own, _dictionary(character))


def _distinct(*readings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in readings if one))


def _surname_length(run: str) -> int:
    return 2 if len(run) > 2 and run[:2] in COMPOUND else 1


def sounds_alone(name: str) -> list[tuple[str, ...]]:
    """What may be typed for each Chinese character of a name, each read by itself: for a search among thousands.

    The surname tables hold; the dictionary of phrases, which takes 40 MB, is left where it is.
    """
    parts = [part for part in _PARTS.split(name) if part]
    found = []
    for part in parts:
        for run in _runs(part):
            readings = _run_sounds(run, family=len(parts) == 1, usual=[_dictionary(c) for c in run])
            found += [tuple(dict.fromkeys(v for one in options for v in _typed(one))) for options in readings]
    return [options for options in found if options]


@cache
def _dictionary(character: str) -> str:
    return _read(character)[0]


def _usual(given: str) -> list[str]:
    """The reading of each character as the whole given name is read; empty for one that the dictionary lacks."""
    if len(given) > 1:
        _phrases()
    return _read(given)


def _read(given: str) -> list[str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # they are brought when somebody needs them
    from pypinyin import Style, lazy_pinyin  # 0.1 s to load, and only those who write names need it

    found = ["" if is_han(one) else one for one in lazy_pinyin(given, style=Style.NORMAL, v_to_u=True)]
    return found if len(found) == len(given) else [_dictionary(c) for c in given]


@cache
def _phrases() -> None:
    """The dictionary of phrases, which knows how characters are read together."""
    _read("一")
    from pypinyin import load_phrases_dict
    from pypinyin.phrases_dict import phrases_dict

    load_phrases_dict(phrases_dict)


def _shown(part: str, sounds: Iterator[str], *, family: bool) -> str:
    words: list[str] = []
    for piece in re.findall(f"[{HAN}]+|[^{HAN}]+", part):
        if not is_han(piece):
            words.append(piece)
            continue
        size = _surname_length(piece) if family else len(piece)
        spelled = [next(sounds) or sign for sign in piece]
        words += [_joined(word) for word in (spelled[:size], spelled[size:]) if word]
    return " ".join(words)


def _joined(syllables: list[str]) -> str:
    """Xin and ai are Xin'ai."""
    word = syllables[0] + "".join(f"'{one}" if one[0] in "aoe" else one for one in syllables[1:])
    return word[:1].upper() + word[1:]


def _aligned(reading: str, han: str) -> list[str] | None:
    """A reading as one syllable a character; None when it is not pinyin of this name (Tanaka Yuki)."""
    words = re.findall(r"[^\W\d_]+", _tones_gone(reading))
    splits = _splits(words, len(han))
    usual = _usual(han)
    return max(splits, key=lambda split: sum(map(str.__eq__, split, usual))) if splits else None


def _tones_gone(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading.casefold().replace("v", "ü").replace("u:", "ü"))
    kept = "".join(c for c in plain if unicodedata.category(c) != "Mn" or c == "\u0308")
    return unicodedata.normalize("NFC", kept)


def _splits(words: list[str], count: int) -> list[list[str]]:
    """Every way to cut `words` into `count` syllables; no syllable spans two words."""
    if not words:
        return [] if count else [[]]
    if count < len(words):
        return []
    first, rest = words[0], words[1:]
    found = []
    for size in range(1, min(6, len(first)) + 1):
        if _SYLLABLE.fullmatch(first[:size]):
            later = [first[size:], *rest] if size < len(first) else rest
            found += [[first[:size], *split] for split in _splits(later, count - 1)]
    return found
