"""Loads the demo company, or finds it there: people, three months of visits, and today around the present moment."""

import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from cli.demo import archive, asked, calls, closing, drill, rounds, safety, staff, today
from cli.demo.days import first_day
from cli.demo.history import History
from cli.demo.past import Writer
from cli.demo.sign_ins import SignIns
from shared import accounts, company, directory, journal
from shared.lib import clock, db
from shared.lib.config import Settings
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.visits import Visit

SEED = 5
OPENS_AT = 8


def load(given: Settings, now: datetime | None = None, seed: int = SEED) -> None:
    """Makes the database at hand the demo's, and says who may sign in.

    An empty database is filled. One that holds the demo already keeps what is there; when the demo is of an earlier
    day, the days between are added and today's scene is played again. Any other database is refused.
    With `now` given, the desk's clock goes on from there.
    """
    db.start(given.database)
    try:
        told = fill(given, now or clock.now(), seed)
    finally:
        db.stop()
        clock.set_clock(_ticking(now)) if now else clock.reset()
    print(told, flush=True)


def _ticking(now: datetime) -> Callable[[], datetime]:
    """A clock that goes on from `now`: for pictures and tests of a fixed morning."""
    ticks = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - ticks)


def fill(given: Settings, now: datetime, seed: int = SEED) -> str:
    """The same with the database open; gives what is to be told."""
    now = now.astimezone(given.zone).replace(microsecond=0)
    sign_ins, demo = SignIns(given), Demo(now, seed)
    before = last_load()
    with today.clock_at(now):
        if before is None:
            _refuse_others()
            demo.begin(sign_ins)
        else:
            sign_ins.recall()
        if before is None or date.fromisoformat(before["day"]) < now.date():
            demo.carry_on(sign_ins, before)
        told = sign_ins.told()
        sign_ins.keep()
    return told


def last_load() -> dict[str, Any] | None:
    """What the demo's last load wrote down; None where there never was one."""
    found = journal.newest(1, topics_wanted=("demo",))
    return found[0].data if found else None


def _refuse_others() -> None:
    """A front desk that is not the demo's is left alone; a demo that was broken off while loading starts again."""
    company.forget()
    if company.facts().demo:
        db.write(_clear)
        company.forget()
        directory.forget()
        return
    held = (directory.Person, directory.Department, Visit)
    with db.reading() as session:
        full = any(session.scalar(select(table.id).limit(1)) is not None for table in held)
    if full or accounts.any_account() or accounts.devices():
        raise Conflict(_("This data folder holds a front desk that is not the demo's. Set DESK_DATA to an empty one."))


def _clear() -> None:
    db.connection().execute(update(directory.Department).values(manager_id=None))
    db.connection().execute(update(directory.Person).values(deputy_id=None))
    for table in reversed(db.Base.metadata.sorted_tables):
        db.connection().execute(table.delete())


class Demo:
    """The demo company at `now`, in the site's zone."""

    def __init__(self, now: datetime, seed: int) -> None:
        self.now, self.seed, self.first = now, seed, first_day(now.date())
        self.progress = Progress()

    def begin(self, sign_ins: SignIns) -> None:
        """Company, people, accounts and the tablet, as of the morning of the first day."""
        self.progress.say("people")
        hashes = sign_ins.invent()
        morning = datetime(self.first.year, self.first.month, self.first.day, OPENS_AT, tzinfo=self.now.tzinfo)
        with today.clock_at(morning):
            staff.name_the_company()
            staff.hire()
            staff.open_accounts(hashes)
            staff.build_rooms()
            managers = [one.id for one in accounts.accounts() if "admin_manager" in one.roles]
            safety.set_up(list(staff.people().values()), managers[0])
            sign_ins.kiosk()

    def carry_on(self, sign_ins: SignIns, before: dict[str, Any] | None) -> None:
        """The visits since the last load, or all of them, and today's."""
        seed, first = self.seed, self.first
        if before is not None:
            seed, first = int(before["seed"]), date.fromisoformat(before["first"])
        people, device = staff.people(), sign_ins.kiosk()
        desk = [one.id for one in accounts.accounts() if one.name in ("林晓彤", "周雨欣")]
        with today.clock_at(self.now):
            staff.build_rooms()
        past = Writer(self.now, people, device, desk)
        after = date.fromisoformat(before["day"]) if before else None
        for count in past.write(History(seed, first, cast(ZoneInfo, self.now.tzinfo)), after, self.now.date()):
            self.progress.say(f"visits {count}")
        begin = after + timedelta(days=1) if after else first
        rounds.keep(seed, begin, self.now.date(), desk)
        self.progress.say("calls")
        calls.keep(seed, begin, self.now.date(), people, desk)
        asked.keep(begin, self.now.date(), people, desk)
        drill.hold(begin, self.now.date(), desk)
        archive.keep(begin, self.now.date(), desk)
        self.progress.say("today")
        staff.keep_open(self.now)
        _join()
        closing.close_earlier(self.now)
        scene = today.Scene(self.now, people, device)
        scene.play()
        scene.away()
        with today.clock_at(self.now):
            db.write(lambda: _loaded(seed, first, self.now.date()))


def _join() -> None:
    """From here on alerts and badges follow as they do when the desk is open."""
    import app

    app.join()


def _loaded(seed: int, first: date, day: date) -> None:
    journal.record("demo.loaded", "company", seed=seed, first=first.isoformat(), day=day.isoformat())


class Progress:
    """Says what is being loaded once that has taken a second, and every second after it."""

    def __init__(self) -> None:
        self.said = time.monotonic()

    def say(self, what: str) -> None:
        if time.monotonic() - self.said >= 1:
            self.said = time.monotonic()
            print(f"Loading the demo company: {what}", file=sys.stderr, flush=True)
