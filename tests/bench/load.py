"""The load: kiosks that check in, consoles that fetch what they show, hosts that listen."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.wire import Http, Socket

FETCH_GAP = 1 / 6
WARM, WARM_RATE = 3.0, 20.0  # seconds, and check-ins a second in them
AT_25 = "25 a second, 20 consoles"
WITH_HOSTS = "25 a second, 20 consoles, 300 host pages"
SATURATION = "saturation, 8 writers, 20 consoles"
ALL_TOGETHER = "all together, 10 a second, badges printed and e-mail sent"


@dataclass
class Side:
    """One of the two servers, and how its clients talk to it."""

    name: str
    port: int
    post: str
    post_headers: list[dict[str, str]]
    console_headers: list[dict[str, str]]
    host_headers: list[dict[str, str]]
    fetches: bool
    hosts: list[str] = field(default_factory=list)
    notice: str = ""

    def body(self, number: int) -> dict[str, Any]:
        body: dict[str, Any] = {"visitor_name": f"访客{number}", "visitor_company": "测试公司", "purpose": "business"}
        host = self.hosts[number % len(self.hosts)] if self.hosts else ""
        body |= {"notice_version": self.notice, "consent": True}
        return {**body, "party_size": 1, "host": {"ref": host} if host else "前台", "language": "zh_Hans"}


@dataclass
class Console:
    """When each seq was on this screen: (seq, moment) in order."""

    shown: list[tuple[int, float]] = field(default_factory=list)

    def when(self, seq: int) -> float | None:
        return next((moment for upto, moment in self.shown if upto >= seq), None)


async def watch(
    side: Side, headers: dict[str, str], console: Console, part: str = "/console/board"
) -> list[asyncio.Task[None]]:
    """Opens one console: hears nudges, fetches a part at once and then at most six times a second."""
    socket = Socket(side.port, "/console", headers)
    await socket.open()
    http = Http(side.port, headers)
    wanted = asyncio.Event()
    newest = 0

    async def hear() -> None:
        nonlocal newest
        while True:
            message = await socket.heard.get()
            newest = max(newest, message["seq"])
            if not side.fetches:
                console.shown.append((message["seq"], time.monotonic()))
            wanted.set()

    async def fetch() -> None:
        have = 0
        while True:
            await wanted.wait()
            wanted.clear()
            started = time.monotonic()
            status, answer, _ = await http.ask("GET", f"{part}?since={have}")
            if status == 200:
                have = int(answer["x-seq"])
                console.shown.append((have, time.monotonic()))
            elif status != 204:
                raise RuntimeError(f"a console was answered {status}")
            await asyncio.sleep(max(0.0, FETCH_GAP - (time.monotonic() - started)))
            if have < newest:
                wanted.set()

    tasks = [asyncio.create_task(hear())]
    if side.fetches:
        tasks.append(asyncio.create_task(fetch()))
    return tasks


@dataclass
class Result:
    """One phase on one side."""

    sent: dict[str, float]
    answers: list[float]
    errors: int
    consoles: list[Console]
    ids: dict[str, float]
    seconds: float


async def phase(
    side: Side,
    *,
    rate: float,
    seconds: float,
    writers: int,
    consoles: int,
    hosts: int,
    begins: Callable[[], None] = lambda: None,
) -> Result:
    """Runs one phase: at `rate` check-ins a second, or as fast as `writers` can when it is 0.

    Everything is opened and used for a moment before `begins` is called: what is measured is a desk at work.
    """
    screens = [Console() for _ in range(consoles)]
    tasks: list[asyncio.Task[None]] = []
    for screen, number in zip(screens, range(consoles), strict=True):
        tasks += await watch(side, side.console_headers[number % len(side.console_headers)], screen)
    listeners = [Socket(side.port, "/me", side.host_headers[n % len(side.host_headers)]) for n in range(hosts)]
    if not side.fetches:
        listeners = [Socket(side.port, "/console", {}) for _ in range(0)]
    for listener in listeners:
        await listener.open()
    warm = _Run(side, time.monotonic() + WARM)
    await asyncio.gather(*(warm.writer(n, writers, WARM_RATE) for n in range(writers)))
    begins()
    run = _Run(side, time.monotonic() + seconds)
    started = time.monotonic()
    await asyncio.gather(*(run.writer(n, writers, rate) for n in range(writers)))
    took = time.monotonic() - started
    await asyncio.sleep(1.0)
    for task in tasks:
        if task.done() and task.exception():
            run.errors += 1
        task.cancel()
    for listener in listeners:
        listener.task.cancel()
        listener.writer.close()
    return Result(run.sent, run.latencies, run.errors, screens, run.sent, took)


class _Run:
    def __init__(self, side: Side, until: float) -> None:
        self.side, self.until = side, until
        self.sent: dict[str, float] = {}
        self.latencies: list[float] = []
        self.errors = 0
        self.number = 0

    async def writer(self, place: int, writers: int, rate: float) -> None:
        http = Http(self.side.port, self.side.post_headers[place % len(self.side.post_headers)])
        await http.ask("GET", "/healthz")
        start = time.monotonic() + (place / rate if rate else 0)
        turn = 0
        while True:
            if rate:
                due = start + turn * writers / rate
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            if time.monotonic() >= self.until:
                return
            turn += 1
            await self._one(http)

    async def _one(self, http: Http) -> None:
        self.number += 1
        body = self.side.body(self.number)
        began = time.monotonic()
        extra = {"Idempotency-Key": f"bench-{time.time_ns()}-{self.number}"} if self.side.fetches else {}
        status, _, answer = await http.ask("POST", self.side.post, body, **extra)
        self.latencies.append(time.monotonic() - began)
        if status != 201:
            self.errors += 1
            return
        told = json.loads(answer)
        self.sent[str(told.get("token") or told["seq"])] = began
