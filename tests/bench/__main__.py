"""Runs the benchmarks: floor and product in turns, medians of the repeats, one table and one file."""

import argparse
import asyncio
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench import badges, servers
from tests.bench.load import Result, Side, phase

PHASES: dict[str, dict[str, Any]] = {
    "25 a second, 20 consoles": {"rate": 25, "writers": 8, "consoles": 20, "hosts": 0},
    "25 a second, 20 consoles, 300 host pages": {"rate": 25, "writers": 8, "consoles": 20, "hosts": 300},
    "saturation, 8 writers, 20 consoles": {"rate": 0, "writers": 8, "consoles": 20, "hosts": 0},
}
TARGETS = {
    "answer p95": ("at a given rate at most", 1.25),
    "CPU s / 1,000": ("at a given rate at most", 1.5),
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    seconds, repeats = (6.0, 1) if args.quick else (20.0, 3)
    runs: list[dict[str, Any]] = []
    for repeat in range(repeats):
        for name, load in PHASES.items():
            for side in ("floor", "foyer") if repeat % 2 == 0 else ("foyer", "floor"):
                print(f"{name}: {side}, {repeat + 1} of {repeats}", file=sys.stderr, flush=True)
                runs.append({"phase": name, "side": side, **measure(side, seconds, load)})
    found = {"load": medians(runs), "badge": badges.measure(3 if args.quick else 20)}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    show(found)
    return 0


def measure(name: str, seconds: float, load: dict[str, Any]) -> dict[str, float]:
    """One phase on a fresh server of one side."""
    with servers.started(name) as server:
        before = server.cpu()
        result = asyncio.run(phase(server.side, seconds=seconds, **load))
        spent, memory = server.cpu() - before, server.memory()
        seqs = server.seqs(result.sent)
    return figures(result, server.side, seqs, spent, memory)


def figures(result: Result, side: Side, seqs: dict[str, int], spent: float, memory: float) -> dict[str, float]:
    count = len(result.sent)
    late = [
        shown - began
        for token, began in result.sent.items()
        for console in result.consoles
        if (shown := console.when(seqs[token])) is not None
    ]
    expected = count * len(result.consoles)
    return {
        "check-ins a second": count / result.seconds,
        "answer p50 ms": percentile(result.answers, 50),
        "answer p95 ms": percentile(result.answers, 95),
        "answer p99 ms": percentile(result.answers, 99),
        "console p50 ms": percentile(late, 50),
        "console p95 ms": percentile(late, 95),
        "console p99 ms": percentile(late, 99),
        "CPU s / 1,000": spent / max(count, 1) * 1000,
        "memory MB": memory,
        "errors": result.errors + expected - len(late),
    }


def percentile(values: list[float], part: int) -> float:
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part / 100 * (len(ordered) - 1)))] * 1000


def medians(runs: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name in PHASES:
        for side in ("floor", "foyer"):
            mine = [run for run in runs if run["phase"] == name and run["side"] == side]
            keys = [key for key in mine[0] if key not in ("phase", "side")]
            found.setdefault(name, {})[side] = {key: statistics.median(run[key] for run in mine) for key in keys}
    return found


def show(found: dict[str, Any]) -> None:
    console = Console(width=110)
    for name, sides in found["load"].items():
        table = Table("", "floor", "foyer", "ratio", title=name, title_justify="left")
        for key, floor in sides["floor"].items():
            ours = sides["foyer"][key]
            table.add_row(key, f"{floor:.2f}", f"{ours:.2f}", f"{ours / floor:.2f}" if floor else "")
        console.print(table)
    table = Table("badge", "", title="Badges", title_justify="left")
    for key, value in found["badge"].items():
        table.add_row(key, f"{value:.2f}")
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
