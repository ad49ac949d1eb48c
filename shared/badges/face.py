"""How wide text is in the badge face, and the size at which it fits."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont

FACE = Path(__file__).resolve().parents[2] / "build" / "fonts" / "foyer-badge.ttf"
SLACK = 1.01
SPREAD = 0.06
LEADING = 1.12
SMALLEST_WHOLE = 48


@dataclass(frozen=True, slots=True)
class Fit:
    """Lines of text, the size in steps at which they fit, and the space between characters in em."""

    lines: tuple[str, ...]
    size: int
    spread: float = 0.0


@cache
def advances() -> dict[int, float]:
    """Advance width in em of every character of the face; empty when set-up has not built it."""
    if not FACE.exists():
        return {}
    with TTFont(FACE, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def em(text: str) -> float:
    """Width of `text` in em, never less than it is drawn; what the face lacks counts as its base letter or 1 em."""
    return sum(_advance(c) for c in text) * SLACK


def fit_line(text: str, width: float, largest: int, smallest: int) -> Fit:
    """One line: as large as fits, and at the smallest size cut with an ellipsis."""
    size = min(largest, int(width / em(text))) if text else largest
    if size >= smallest:
        return Fit((text,), size)
    return Fit((_cut(text, width / smallest),), smallest)


def fit_lines(text: str, width: float, largest: int, smallest: int) -> Fit:
    """One line down to the smallest size, then two lines of it, the second cut where it must be."""
    one = fit_line(text, width, largest, smallest)
    if one.lines == (text,):
        return one
    room = width / smallest
    halves = _halves(text)
    if max(map(em, halves)) > room:
        at = next(at for at in range(len(text), 0, -1) if em(text[:at]) <= room)
        halves = text[:at].rstrip(), text[at:].lstrip()
    return Fit((halves[0], _cut(halves[1], room)), smallest)


def fit_name(name: str, width: float, height: float, largest: int, broken: int) -> Fit:
    """A name: one line that shrinks to `broken`, then two lines, which shrink as far as they must."""
    spread = SPREAD if name and all(_is_wide(c) for c in name) else 0.0
    one = _largest((name,), spread, width, min(largest, height / LEADING))
    if one >= broken:
        return Fit((name,), one, spread)
    halves = _halves(name)
    two = _largest(halves, spread, width, min(broken, height / LEADING / 2))
    if two < SMALLEST_WHOLE:
        hard = _halves(name, anywhere=True)
        hard_size = _largest(hard, spread, width, min(broken, height / LEADING / 2))
        halves, two = (hard, hard_size) if hard_size > 1.2 * two else (halves, two)
    return Fit(halves, two, spread) if two > one and all(halves) else Fit((name,), one, spread)


def _largest(lines: tuple[str, ...], spread: float, width: float, limit: float) -> int:
    widest = max(em(line) + spread * len(line) for line in lines)
    return int(min(limit, width / widest if widest else limit))


def _halves(text: str, *, anywhere: bool = False) -> tuple[str, str]:
    """The two narrowest lines: broken after a space, a hyphen or a dot, between wide characters, or anywhere."""
    best = (text, "")
    for at, (before, after) in enumerate(pairwise(text), start=1):
        if not (anywhere or before in " -·・" or (_is_wide(before) and _is_wide(after))):
            continue
        if unicodedata.combining(after):
            continue
        inside = anywhere and before.isalpha() and after.isalpha() and not _is_wide(before)
        halves = (text[:at].rstrip() + ("-" if inside else ""), text[at:].lstrip())
        if max(map(em, halves)) < max(map(em, best)):
            best = halves
    return best


def _cut(text: str, room: float) -> str:
    """`text`, or as much of it as fits into `room` em with an ellipsis."""
    if em(text) <= room:
        return text
    kept = text
    while kept and em(kept + "…") > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@cache
def _advance(character: str) -> float:
    known = advances().get(ord(character))
    if known is not None:
        return known
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    base = unicodedata.normalize("NFD", character)[0]
    return advances().get(ord(base), 1.0) if base != character and not _is_wide(character) else 1.0


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
