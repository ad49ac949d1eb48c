"""A desk of its own for the demo's tests, and what they ask it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared import company, journal
from shared.lib import clock, db
from shared.lib.config import settings
from shared.phone import Call
from shared.visits import Visit

NOW = datetime.fromisoformat("2025-11-04T10:30:00+08:00")


@contextmanager
def desk(folder: Path, empty: Path, **environment: str) -> Iterator[None]:
    """An empty desk in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"DESK_DATA": str(folder), **environment}.items():
            patch.setenv(name, value)
        settings.cache_clear()
        shutil.copy(empty, folder / "desk.db")
        db.start(settings().database)
        try:
            yield
        finally:
            db.stop()
            clock.reset()
            company.forget()
            journal.forget_reactions()
    settings.cache_clear()


def rows(*conditions: Any) -> list[Visit]:
    with db.reading() as session:
        return list(session.scalars(select(Visit).where(*conditions).order_by(Visit.id)))


def assert_gapless() -> None:
    """Numbers of every year count from 1, of visits and of calls, and all the rows that arrived have one."""
    numbers = [row.reg_no for row in rows(Visit.arrived_at.is_not(None))]
    by_year: dict[str, list[int]] = {}
    for number in numbers:
        assert number is not None
        _prefix, year, count = number.split("-")
        by_year.setdefault(year, []).append(int(count))
    for counts in by_year.values():
        assert sorted(counts) == list(range(1, len(counts) + 1))
    with db.reading() as session:
        called = list(session.scalars(select(Call.reg_no).order_by(Call.id)))
    for year in {number.split("-")[1] for number in called}:
        of_year = [number for number in called if f"-{year}-" in number]
        assert of_year == [f"TEL-{year}-{count:05d}" for count in range(1, len(of_year) + 1)]
    seqs = [event.seq for event in journal.events(0, 100_000)]
    assert seqs == list(range(1, len(seqs) + 1))
