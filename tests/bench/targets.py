"""What the figures must reach beside the floor, and the tables that say whether they do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.load import ALL_TOGETHER, AT_25, SATURATION

Figures = dict[str, float]


@dataclass(frozen=True)
class Target:
    """A figure, how it is measured (times the floor's, or as it is), and the most or least it may be."""

    figure: str
    most: float | None = None
    least: float | None = None
    beside_floor: bool = True

    def wanted(self) -> str:
        bound = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"
        return f"{bound} × floor" if self.beside_floor else bound

    def holds(self, ours: Figures, floor: Figures | None) -> bool:
        value = ours[self.figure]
        if self.beside_floor and floor is not None:
            value = value / floor[self.figure] if floor[self.figure] else float("inf")
        return value <= self.most if self.most is not None else value >= (self.least or 0.0)


NO_ERROR = Target("errors", most=0, beside_floor=False)
LOAD: dict[str, tuple[Target, ...]] = {
    AT_25: (
        Target("answer p95 ms", most=1.25),
        Target("console p95 ms", most=300, beside_floor=False),
        Target("CPU s / 1,000", most=1.5),
        Target("memory MB", most=1.6),
        NO_ERROR,
    ),
    SATURATION: (
        Target("check-ins a second", least=1.5),
        Target("answer p99 ms", most=1.0),
        Target("CPU s / 1,000", most=0.6),
        NO_ERROR,
    ),
    ALL_TOGETHER: (NO_ERROR,),
}
BADGE = (Target("times bare", most=1.25, beside_floor=False), Target("kB", most=30, beside_floor=False))
CLOCKS = (
    Target("start of both, ms", most=0.2, beside_floor=False),
    Target("200 running, % of a core", most=1, beside_floor=False),
)

DUE = (
    Target("settled p95 ms", most=300, beside_floor=False),
    Target("% of a core", most=1, beside_floor=False),
    NO_ERROR,
)


REGISTER = (
    *(Target(f"{page}, of twice bare and an empty request", most=1, beside_floor=False)
      for page in ("newest page", "page 500")),
    *(Target(f"{search}, times as fast as LIKE", least=50, beside_floor=False)
      for search in ("two characters", "nobody")),
    Target("a year by day, times as fast as counting", least=50, beside_floor=False),
    *(Target(f"{question}, times a small register's", most=2, beside_floor=False)
      for question in ("newest page", "page 500", "two characters", "nobody")),
)  # fmt: skip


EXPORTS = (
    Target("XLSX, times XlsxWriter alone", most=1.3, beside_floor=False),
    Target("ten times the rows, MB more", most=10, beside_floor=False),
    Target("check-in p95 meanwhile, times idle", most=1.5, beside_floor=False),
)
CALLS = (
    *(Target(f"{look}, of twice bare and an empty request", most=1, beside_floor=False)
      for look in ("by number", "by name")),
    Target("list, times its floor", most=3, beside_floor=False),
    Target("check-in p95 meanwhile, times idle", most=1.5, beside_floor=False),
    Target("the same list changed something", most=0, beside_floor=False),
)  # fmt: skip
BACKUPS = (Target("restore, s", most=300, beside_floor=False),)


def verdicts(found: dict[str, Any]) -> dict[str, bool]:
    """Every target by name, and whether it holds."""
    told = {}
    for name, sides in found["load"].items():
        for target in LOAD.get(name, (NO_ERROR,)):
            told[f"{name}: {target.figure} {target.wanted()}"] = target.holds(sides["foyer"], sides.get("floor"))
    for target in BADGE:
        told[f"badge: {target.figure} {target.wanted()}"] = target.holds(found["badge"], None)
    for target in CLOCKS:
        told[f"clocks: {target.figure} {target.wanted()}"] = target.holds(found["clocks"], None)
    for target in DUE:
        told[f"due now: {target.figure} {target.wanted()}"] = target.holds(found["due"], None)
    for target in REGISTER:
        told[f"register: {target.figure} {target.wanted()}"] = target.holds(found["register"], None)
    for target in EXPORTS:
        told[f"exports: {target.figure} {target.wanted()}"] = target.holds(found["exports"], None)
    for target in CALLS:
        told[f"calls: {target.figure} {target.wanted()}"] = target.holds(found["calls"], None)
    for target in BACKUPS:
        told[f"back-up: {target.figure} {target.wanted()}"] = target.holds(found["backups"], None)
    return told


def show(found: dict[str, Any]) -> None:
    """A table a phase, one for badges, Due now and the register, and how loaded the machine was."""
    console = Console(width=110)
    for name, sides in found["load"].items():
        console.print(_table(name, sides["foyer"], sides.get("floor"), LOAD.get(name, (NO_ERROR,))))
    console.print(_table("badges", found["badge"], None, BADGE))
    console.print(_table("clocks", found["clocks"], None, CLOCKS))
    console.print(_table("Due now, 20 consoles, 200 rows", found["due"], None, DUE))
    console.print(_table("the register", found["register"], None, REGISTER))
    console.print(_table("long lists", found["exports"], None, EXPORTS))
    console.print(_table("the phone register", found["calls"], None, CALLS))
    console.print(_table("a back-up of the register", found["backups"], None, BACKUPS))
    machine = found["machine"]
    console.print(
        f"{machine['processors']} processors, load {machine['load before']} before and {machine['load after']} after"
    )


def _table(title: str, ours: Figures, floor: Figures | None, targets: Iterable[Target]) -> Table:
    table = Table("", "floor", "foyer", "ratio", "wanted", "holds", title=title, title_justify="left")
    wanted = {target.figure: target for target in targets}
    for key, value in ours.items():
        other = floor[key] if floor else None
        ratio = f"{value / other:.2f}" if other else ""
        target = wanted.get(key)
        holds = "" if target is None else "yes" if target.holds(ours, floor) else "NO"
        beside = "" if other is None else f"{other:.2f}"
        table.add_row(key, beside, f"{value:.2f}", ratio, target.wanted() if target else "", holds)
    return table
