"""Loading the demo: the same for the same seed, at any hour, on later days, and never over somebody's own desk."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cli.demo import loading, staff
from shared import accounts, deadlines, directory, journal, phone, relay, visits
from shared.accounts import passwords
from shared.lib import clock, db
from shared.lib.config import settings
from shared.lib.errors import Conflict
from shared.visits import ON_SITE, Visit
from tests import postgres
from tests.cli import canonical
from tests.cli.demo_desk import NOW, assert_gapless, desk, rows

Loaded = Callable[[datetime, int], str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing costs nothing here, the demo is loaded often."""
    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")


def load(now: datetime = NOW, seed: int = loading.SEED) -> str:
    return loading.fill(settings(), now, seed)


def test_the_same_seed_and_moment_give_the_same_desk(tmp_path: Path, empty_file: Path) -> None:
    digests = []
    for count, seed in enumerate((5, 5, 6)):
        folder = tmp_path / str(count)
        folder.mkdir()
        with desk(folder, empty_file):
            load(seed=seed)
            digests.append(canonical.digest())
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:20+08:00", "2026-03-10T23:58:10+08:00", "2027-02-15T12:00+08:00"])
def test_the_scene_fits_into_the_day_at_any_hour(tmp_path: Path, empty_file: Path, moment: str) -> None:
    now = datetime.fromisoformat(moment)
    with desk(tmp_path, empty_file):
        load(now)
        clock.set_clock(lambda: now)
        board = visits.board()
        assert [lane.count for lane in (board.expected, board.waiting, board.meeting, board.left)] == [6, 2, 2, 4]
        assert all(row.expected_at and row.expected_at >= now for row in rows(Visit.state == "expected"))
        assert [call.number for call in phone.waiting()] == ["+8615400000921"]
        running = {one.key: one for one in deadlines.open_now()}
        assert running["T08"].due == phone.waiting()[0].call_at + timedelta(minutes=10), "the office is open"
        assert running["T09"].due > now
        assert_gapless()


def test_postgresql_holds_the_same_desk(tmp_path: Path, empty_file: Path, postgres_server: postgres.Server) -> None:
    name = postgres_server.create(template="desk1")
    with desk(tmp_path, empty_file, DESK_DATABASE_URL=postgres_server.url(name)):
        load()
        load(NOW + timedelta(days=1))
        assert len(directory.people()) == 60
        assert len(rows(Visit.state.in_(ON_SITE))) == 4
        assert_gapless()
        db.write(loading._clear)
        assert not rows()
    postgres_server.drop(name)


def test_a_second_start_keeps_what_is_there(tmp_path: Path, empty_file: Path) -> None:
    with desk(tmp_path, empty_file):
        first = load()
        visits.depart(rows(Visit.state == "arrived")[0].token, how="console")
        before = canonical.dump()
        second = load(NOW + timedelta(hours=5))
        after = canonical.dump()
    assert [line for line in first.splitlines() if "kiosk" not in line] == [
        line for line in second.splitlines() if "kiosk" not in line
    ]
    assert [line for line in before.splitlines() if not line.startswith("pairing")] == [
        line for line in after.splitlines() if not line.startswith("pairing")
    ]


def test_a_later_day_adds_the_days_between_and_plays_the_scene_again(tmp_path: Path, empty_file: Path) -> None:
    with desk(tmp_path, empty_file):
        load()
        count = len(rows())
        later = NOW + timedelta(days=6)
        load(later)
        days = {row.arrived_at.astimezone(later.tzinfo).date().isoformat() for row in rows() if row.arrived_at}
        assert {"2025-11-05", "2025-11-06", "2025-11-07", "2025-11-10"} <= days
        assert not {"2025-11-08", "2025-11-09"} & days
        assert len(rows()) > count + 14
        clock.set_clock(lambda: later)
        assert {row.visitor_name for row in rows(Visit.state.in_(ON_SITE))} == {"陈嘉豪", "孟庆远", "何一帆", "彭先生"}
        assert all(
            row.arrived_at and row.arrived_at > later - timedelta(hours=1) for row in rows(Visit.state.in_(ON_SITE))
        )
        assert {row.visitor_name for row in rows(Visit.state == "no_show")} >= {"刘思远", "José García"}
        assert [call.call_at for call in phone.waiting()] == [later - timedelta(minutes=9)]
        assert [message.recorded_at.date() for message in relay.page("open")[0]] == [later.date()]
        assert_gapless()


def test_a_desk_of_somebody_else_is_refused(tmp_path: Path, empty_file: Path) -> None:
    with desk(tmp_path, empty_file):
        directory.add_department(directory.DepartmentForm(name="行政部"))
        before = canonical.dump()
        with pytest.raises(Conflict, match=r"demo|演示"):
            load()
        assert canonical.dump() == before


def test_a_load_that_was_broken_off_starts_again(
    tmp_path: Path, empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path, empty_file):
        with monkeypatch.context() as patch, pytest.raises(RuntimeError):
            patch.setattr(loading.today.Scene, "play", broken)
            load()
        assert rows()
        load()
        assert len(directory.people()) == 60
        assert len(accounts.accounts()) == len(staff.ACCOUNTS)
        assert len(journal.newest(5, topics_wanted=["demo"])) == 1
        assert_gapless()


def broken(_self: object) -> None:
    raise RuntimeError("the power went")


def test_new_passwords_when_the_file_is_gone(tmp_path: Path, empty_file: Path) -> None:
    with desk(tmp_path, empty_file):
        first = load()
        (tmp_path / "demo-sign-ins.json").unlink()
        second = load()
        assert "linxiaotong" in second
        assert first.split("linxiaotong")[1].split()[0] not in second
        assert [one.name for one in accounts.devices()] == [staff.KIOSK] * 2


def test_history_is_written_in_acts_of_at_most_500_rows(
    tmp_path: Path, empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    keep = loading.Writer._write

    def clocks() -> int:
        with db.reading() as session:
            return session.scalar(select(func.count()).select_from(deadlines.Deadline)) or 0

    def counted(self: loading.Writer, rows: list[dict[str, object]]) -> None:
        before = journal.last_seq() + clocks()
        keep(self, rows)
        sizes.append(len(rows) + journal.last_seq() + clocks() - before)

    monkeypatch.setattr(loading.Writer, "_write", counted)
    with desk(tmp_path, empty_file):
        load()
        assert not db.in_act()
    assert sum(sizes) > 1500
    assert max(sizes) <= 500
