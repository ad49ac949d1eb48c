"""The register at a hundred thousand or a million visits, beside bare sqlite3: pages, search, a year day by day."""

import contextlib
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"quick": (10_000, 100_000), "whole": (10_000, 1_000_000)}
TIMES = 9


def measure(size: str) -> dict[str, float]:
    """How a large register answers beside bare sqlite3, and beside a small one."""
    small, large = _sizes(size)
    told = {"rows": float(SIZES[size][1])}
    for page in ("newest page", "page 500"):
        told[f"{page}, of twice bare and an empty request"] = large[f"{page}, desk"] / (
            2 * large[f"{page}, bare"] + large["empty request, desk"]
        )
    for search in ("two characters", "nobody"):
        told[f"{search}, times as fast as LIKE"] = large[f"{search}, bare"] / large[f"{search}, desk"]
    told["a year by day, times as fast as counting"] = large["a year, bare"] / large["a year, desk"]
    for question in ("newest page", "page 500", "two characters", "nobody"):
        told[f"{question}, times a small register's"] = large[f"{question}, desk"] / small[f"{question}, desk"]
    return told | {f"{name}, ms": value for name, value in large.items()}


def _sizes(size: str) -> list[dict[str, float]]:
    """Milliseconds of each question at both sizes, in a process of its own each time."""
    found = []
    for rows in SIZES[size]:
        with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
            command = [sys.executable, "-m", "tests.bench.register", str(rows)]
            environment = {**os.environ, "DESK_DATA": folder, "DESK_PORT": "1"}
            told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
            lines = (line.partition("=") for line in told.stdout.splitlines())
            found.append({name: float(value) for name, _, value in lines})
    return found


def main(rows: int) -> None:
    """Fills a register with `rows` visits, then asks the same of the desk and of the bare file."""
    import app as product
    from shared import reports, visits
    from shared.lib import db
    from shared.lib.config import settings
    from shared.lib.i18n import today

    fill(settings().database, settings().data / "desk.db", rows)
    db.start(settings().database)
    bare = sqlite3.connect(f"file:{settings().data / 'desk.db'}?mode=ro", uri=True)
    client = product.create_app().test_client()
    middle = max(rows - 500 * 50, 51)
    last = reports.Month.of(today(datetime.fromtimestamp(BEGAN + rows * APART, UTC))).before()
    questions: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "empty request": (lambda: client.get("/healthz"), lambda: bare.execute("SELECT 1").fetchall()),
        "newest page": (lambda: visits.page(), lambda: _rows(bare, "ORDER BY id DESC LIMIT 50")),
        "page 500": (
            lambda: visits.page(after=str(middle)),
            lambda: _rows(bare, f"WHERE id < {middle} ORDER BY id DESC LIMIT 50"),
        ),
        "two characters": (lambda: visits.page(q="欧阳"), lambda: _like(bare, "欧阳")),
        "nobody": (lambda: visits.page(q="龘靐"), lambda: _like(bare, "龘靐")),
        "pinyin": (lambda: visits.page(q="ouyang"), lambda: _like(bare, "ouyang")),
        "a year": (lambda: reports.year(last), lambda: _by_day(bare, last.before(11).start, last.end)),
    }
    for name, (ours, theirs) in questions.items():
        for side, ask in (("desk", ours), ("bare", theirs)):
            print(f"{name}, {side}={_took(ask):.3f}", flush=True)
    with contextlib.closing(bare):
        db.stop()


def _took(ask: Callable[[], object]) -> float:
    """Milliseconds, the median of several."""
    ask()
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _rows(bare: sqlite3.Connection, how: str) -> list[object]:
    return bare.execute(f"SELECT * FROM visit {how}").fetchall()


def _like(bare: sqlite3.Connection, typed: str) -> list[object]:
    where = "WHERE visitor_name LIKE ? OR visitor_company LIKE ? ORDER BY id DESC LIMIT 50"
    return bare.execute(f"SELECT * FROM visit {where}", (f"%{typed}%",) * 2).fetchall()


def _by_day(bare: sqlite3.Connection, start: datetime, end: datetime) -> list[object]:
    span = tuple(int(moment.timestamp() * 1_000_000) for moment in (start, end))
    query = f"SELECT {DAY}, count(*) FROM visit WHERE arrived_at >= ? AND arrived_at < ? GROUP BY 1"
    return bare.execute(query, span).fetchall()


def fill(url: str, path: Path, rows: int) -> None:
    """Visits of the past, filed as the desk files them, written without its acts: a register takes years to fill."""
    from shared import visits
    from shared.register.grams import number, pieces
    from tests.conftest import make_tables

    path.parent.mkdir(parents=True, exist_ok=True)
    make_tables(url)
    known: dict[tuple[str, str], list[int]] = {}
    pick = random.Random(7)
    names = [
        pick.choice("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高") + "".join(pick.choices(GIVEN, k=2)) for _ in range(3000)
    ]
    purposes = list(visits.PURPOSES)
    firms = ["".join(pick.choices(GIVEN, k=4)) + pick.choice(("科技", "物联", "设计", "银行")) for _ in range(500)]
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=OFF")
        for start in range(0, rows, 100_000):
            made, grams = [], []
            for row in range(start + 1, min(start + 100_000, rows) + 1):
                name, firm = pick.choice(names) if row % SELDOM else "欧阳雪", pick.choice(firms)
                moment, purpose = (BEGAN + row * APART) * 1_000_000, pick.choice(purposes)
                made.append((row, f"t{row}", f"VIS-{row}", name, firm, moment, purpose))
                if (name, firm) not in known:
                    found = pieces(visits.REGISTER.held_by(_Row(name, firm)))
                    known[name, firm] = sorted({number("visit", piece) for piece in found})
                grams += [(gram, row) for gram in known[name, firm]]
            grams.sort()
            base.executemany(INSERT, made)
            base.executemany("INSERT INTO register_gram (gram, row_id) VALUES (?, ?)", grams)
            base.commit()
        base.execute(COUNT)
        base.execute("INSERT INTO counter (name, value) VALUES ('filed:visit:id', ?), ('filed:visit:seq', 0)", (rows,))
        base.commit()
        base.execute("ANALYZE")
        base.commit()


BEGAN, APART = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()), 200  # seconds
DAY = "date(arrived_at / 1000000 + 28800, 'unixepoch')"  # of Shanghai, which keeps one time all year
COUNT = f"INSERT INTO register_day SELECT 'visit', {DAY}, count(*) FROM visit GROUP BY 2"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高"
SELDOM = 40_000  # one visitor in so many has the name that is looked for
GIVEN = "嘉豪建明雪婉敏伟芳娜静丽强磊军洋勇艳杰娟涛超霞平刚桂英华文玉兰"
INSERT = """INSERT INTO visit (id, token, reg_no, state, source, language, visitor_name, visitor_company,
  visitor_key, party_size, purpose, purpose_note, host_text, arrived_at, left_at, left_how, first_visit, escort,
  badge_returned, drink, notice_version, lawful_basis, remark, created_at, row_version, will_return, time_open)
  VALUES (?1, ?2, ?3, 'left', 'kiosk', 'zh_Hans', ?4, ?5, ?4, 1, ?7, '', '前台', ?6, ?6 + 1000000,
  'kiosk', 0, 0, 1, '', '', '', '', ?6, 1, 0, 0)"""


class _Row:
    """What a visit is found by."""

    def __init__(self, name: str, firm: str) -> None:
        self.visitor_name, self.visitor_company, self.host_text, self.badge_number = name, firm, "前台", None


if __name__ == "__main__":
    main(int(sys.argv[1]))
