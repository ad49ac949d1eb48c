"""Due now: how soon 20 open consoles show that a row was settled, and what 200 rows cost that nobody touches."""

import asyncio
import json
import time

from tests.bench import servers
from tests.bench.load import Console, Side, watch
from tests.bench.wire import Http

CONSOLES = 20
VISITS = 100  # each of them runs two clocks: somebody is to be greeted, a host is to answer
APART = 0.25
CALM = 20.0  # from check-in on nothing turns amber for 30 seconds


def measure(settled: int) -> dict[str, float]:
    """The figures of two fresh desks; on the first, `settled` rows are settled one after the other."""
    with servers.started("foyer") as server:
        shown = asyncio.run(_settle(server.side, settled))
    with servers.started("foyer") as server:
        quiet = asyncio.run(_cost(server))
    ordered = sorted(shown)
    at = lambda part: ordered[round(part * (len(ordered) - 1))] * 1000  # noqa: E731
    missing = settled * CONSOLES - len(shown)
    return {"settled p50 ms": at(0.5), "settled p95 ms": at(0.95), "errors": float(missing), "% of a core": quiet}


async def _cost(server: servers.Server) -> float:
    """Percent of a core that the open rows cost while all consoles are open and nothing happens."""
    tasks, _consoles = await _open(server.side)
    before = await _spent(server)
    await _check_in(server.side, VISITS)
    await asyncio.sleep(2.0)
    after = await _spent(server)
    for task in tasks:
        task.cancel()
    return max(0.0, after - before)


async def _spent(server: servers.Server) -> float:
    started, spent = time.monotonic(), server.cpu()
    await asyncio.sleep(CALM / 2)
    return (server.cpu() - spent) / (time.monotonic() - started) * 100


async def _settle(side: Side, count: int) -> list[float]:
    """How long each console took to show each settlement."""
    tasks, consoles = await _open(side)
    tokens = await _check_in(side, count)
    http, done = Http(side.port, side.console_headers[0]), []
    await asyncio.sleep(1.0)
    for number, token in enumerate(tokens):
        began = time.monotonic()
        key = {"Idempotency-Key": f"bench-{time.time_ns()}-{number}"}
        status, _, answer = await http.ask("POST", f"/console/visits/{token}/greeting", {}, **key)
        if status == 200:
            done.append((began, int(json.loads(answer)["seq"])))
        await asyncio.sleep(APART)
    await asyncio.sleep(1.0)
    for task in tasks:
        task.cancel()
    return [at - began for began, seq in done for console in consoles if (at := console.when(seq)) is not None]


async def _open(side: Side) -> tuple[list[asyncio.Task[None]], list[Console]]:
    consoles, tasks = [Console() for _ in range(CONSOLES)], []
    for console, headers in zip(consoles, side.console_headers, strict=False):
        tasks += await watch(side, headers, console, part="/console/due")
    return tasks, consoles


async def _check_in(side: Side, count: int) -> list[str]:
    http, tokens = Http(side.port, side.post_headers[0]), []
    for number in range(count):
        key = {"Idempotency-Key": f"bench-{time.time_ns()}-{number}"}
        status, _, answer = await http.ask("POST", side.post, side.body(number), **key)
        assert status == 201, answer
        tokens.append(str(json.loads(answer)["token"]))
    return tokens
