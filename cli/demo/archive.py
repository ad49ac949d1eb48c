"""The demo's full registers went to the archive: each was closed at night, handed over in the morning and filed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from cli.demo.days import is_working
from cli.demo.today import clock_at
from shared import accounts, register, volumes
from shared.lib.actor import SYSTEM, Actor, acting_as
from shared.lib.config import settings
from shared.volumes import Filing, VolumeView

FILES = {"visit": "LF", "phone": "LD"}  # 来访, 来电
NIGHT, HANDED, RECEIVED = time(20, 30), time(9, 20), time(11, 5)


def keep(begin: date, until: date, desk: Sequence[int]) -> None:
    """Every evening from `begin` on and before `until` what was full is closed; the last one may wait."""
    officer = next((one.id for one in accounts.accounts() if "admin_manager" in one.roles), None)
    if officer is None or not desk:
        return
    rows = Rows(until)
    for offset in range((until - begin).days):
        day, closed = begin + timedelta(days=offset), 0
        if rows.may_fill(day):
            with clock_at(_at(day, NIGHT)), acting_as(SYSTEM):
                closed = volumes.close_full()
        if closed:
            rows.look()
        if closed or offset == 0:
            _hand_over(_morning_after(day), until, desk[0], officer)


class Rows:
    """How many rows stand in no volume yet, from the day counters: on most evenings there is nothing to close."""

    def __init__(self, until: date) -> None:
        self.days = {one.key: register.by_day(one, date.min, until) for one in register.registers() if one.counted}
        self.look()

    def look(self) -> None:
        """Counts them anew, after a volume was closed."""
        self.open = {book: volumes.open_rows(book) for book in volumes.books()}

    def may_fill(self, day: date) -> bool:
        """Whether a volume may be full, or its time over, on the evening of this day."""
        return any(self._may_fill(book, day) for book in self.open)

    def _may_fill(self, book: volumes.Book, day: date) -> bool:
        later = sum(rows for one, rows in self.days[book.key].items() if one > day)
        lately = sum(rows for one, rows in self.days[book.key].items() if book.period_of(one) >= book.period_of(day))
        return self.open[book] - later >= book.most or self.open[book] > lately


def _hand_over(morning: date, until: date, desk: int, officer: int) -> None:
    waiting = [one for one in volumes.page(limit=20)[0] if one.status == "closed"]
    if morning >= until:
        return
    for one in reversed(waiting):
        with clock_at(_at(morning, HANDED)), acting_as(Actor("account", desk)):
            volumes.hand_over(one.token)
        with clock_at(_at(morning, RECEIVED)), acting_as(Actor("account", officer)):
            volumes.receive(one.token)
            volumes.archive(one.token, Filing(archive_no=_number(one)))


def _number(volume: VolumeView) -> str:
    return f"{FILES[volume.register]}-{volume.period}-{volume.number:02d}"


def _morning_after(day: date) -> date:
    following = day + timedelta(days=1)
    while not is_working(following):
        following += timedelta(days=1)
    return following


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, settings().zone)
