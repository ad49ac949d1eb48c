"""Where the shapes of a chart stand; a template draws them. Only what is late is drawn in red, and hatched as well."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.reports import AFTER_LIMIT, BINS

STEP, BAR = 8, 6.4
WIDTH, HEIGHT, FOOT = 412, 116, 96
LEFT, RIGHT = 46, 8
LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it stands, what it says, and the rows behind it."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""
    value: int = 0
    late: bool = False
    url: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line; `low` is below what was aimed at, and has another shape."""

    x: float
    y: float
    label: str
    share: float
    low: bool
    said: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of shares, with the hairlines behind it."""

    points: tuple[Point, ...]
    grid: tuple[tuple[float, str], ...]

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def distribution(bins: Sequence[int], height: int = 40) -> list[Bar]:
    """How long it took: up to the limit, and up to twice the limit."""
    most = max(bins, default=0) or 1
    shapes = []
    for place, value in enumerate(bins):
        if value:
            tall = round(max(LEAST, value / most * (height - 4)), 1)
            late = place >= AFTER_LIMIT
            shapes.append(Bar(place * STEP + 0.8, round(height - tall, 1), BAR, tall, value=value, late=late))
    assert len(bins) == BINS
    return shapes


def columns(values: Sequence[tuple[str, int, str]], *, late: bool = False, thick: float = 16) -> list[Bar]:
    """Bars on a ground line: what each is called, how many, and the rows behind it."""
    most = max((value for _label, value, _url in values), default=0) or 1
    room = WIDTH / max(len(values), 1)
    thick = min(thick, room - 4)
    shapes = []
    for place, (label, value, url) in enumerate(values):
        tall = round(max(LEAST, value / most * 74), 1) if value else 0.0
        x = round(room * (place + 0.5) - thick / 2, 1)
        shapes.append(Bar(x, round(FOOT - tall, 1), round(thick, 1), tall, label, value, late, url))
    return shapes


def line(values: Sequence[tuple[str, float, str]], aim: float) -> Line:
    """Shares from left to right; the ground of the chart is a round number below the lowest."""
    lowest = min((share for _label, share, _url in values), default=aim)
    ground = max(0, int(min(lowest, 0.8) * 10) / 10)
    step = 0.1 if ground >= 0.7 else 0.25 if ground < 0.5 else 0.2

    def height(share: float) -> float:
        return round(14 + (1 - share) / (1 - ground) * (FOOT - 18), 1)

    room = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)
    every = max(1, -(-len(values) // 7))
    points = tuple(
        Point(round(LEFT + place * room, 1), height(share), label, share, share < aim, place % every == 0, url)
        for place, (label, share, url) in enumerate(values)
    )
    marks = [1 - step * count for count in range(6) if 1 - step * count >= ground - 0.001]
    return Line(points, tuple((height(mark), f"{round(100 * mark)}%") for mark in marks))
