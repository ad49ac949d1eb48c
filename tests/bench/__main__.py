"""Runs the benchmarks: floor and product in turns, medians of the repeats, one table and one file."""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

from tests.bench import backups, badges, calls, clocks, due, exports, register, servers, targets
from tests.bench.load import ALL_TOGETHER, AT_25, SATURATION, WITH_HOSTS, Result, Side, phase
from tests.inbox import inbox

PHASES: dict[str, dict[str, Any]] = {
    AT_25: {"rate": 25, "writers": 8, "consoles": 20, "hosts": 0},
    WITH_HOSTS: {"rate": 25, "writers": 8, "consoles": 20, "hosts": 300},
    SATURATION: {"rate": 0, "writers": 8, "consoles": 20, "hosts": 0},
    ALL_TOGETHER: {"rate": 10, "writers": 8, "consoles": 20, "hosts": 0},
}
SIDES = {ALL_TOGETHER: ("foyer",)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    seconds, repeats = (6.0, 1) if args.quick else (20.0, 3)
    runs: list[dict[str, Any]] = []
    machine = {"processors": os.cpu_count(), "load before": round(os.getloadavg()[0], 1)}
    for repeat in range(repeats):
        for name, load in PHASES.items():
            sides = SIDES.get(name, ("floor", "foyer"))
            for side in sides if repeat % 2 == 0 else sides[::-1]:
                print(f"{name}: {side}, {repeat + 1} of {repeats}", file=sys.stderr, flush=True)
                found = measure(side, seconds, load, everything=name == ALL_TOGETHER)
                runs.append({"phase": name, "side": side, **found})
    machine["load after"] = round(os.getloadavg()[0], 1)
    found = {"machine": machine, "load": medians(runs), "badge": badges.measure(3 if args.quick else 20)}
    found["clocks"] = clocks.measure(seconds)
    found["due"] = due.measure(20 if args.quick else 100)
    found["register"] = register.measure("quick" if args.quick else "whole")
    found["exports"] = exports.measure("quick" if args.quick else "whole")
    found["calls"] = calls.measure("quick" if args.quick else "whole")
    found["backups"] = backups.measure("quick" if args.quick else "whole")
    found["holds"] = targets.verdicts(found)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    targets.show(found)
    return 0


def measure(name: str, seconds: float, load: dict[str, Any], *, everything: bool = False) -> dict[str, float]:
    """One phase on a fresh server of one side; `everything` has badges printed and e-mail sent as well."""
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(inbox()) if everything else None
        server = stack.enter_context(servers.started(name, mail.url if mail else ""))
        before: list[float] = []
        result = asyncio.run(phase(server.side, seconds=seconds, begins=lambda: before.append(server.cpu()), **load))
        spent, memory = server.cpu() - before[0], server.memory()
        found = figures(result, server.side, server.seqs(result.sent), spent, memory)
        if mail is not None:
            found |= {"badges printed": float(server.badges()), "e-mails taken": float(len(mail.letters))}
    return found


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
        for side in SIDES.get(name, ("floor", "foyer")):
            mine = [run for run in runs if run["phase"] == name and run["side"] == side]
            keys = [key for key in mine[0] if key not in ("phase", "side")]
            found.setdefault(name, {})[side] = {key: statistics.median(run[key] for run in mine) for key in keys}
    return found


if __name__ == "__main__":
    sys.exit(main())
