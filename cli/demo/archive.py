"""The demo's full registers went to the archive: each was closed at night, handed over in the morning and filed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from cli.demo.days import is_working
from cli.demo.today import clock_at
from shared import accounts, volumes
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
    for offset in range((until - begin).days):
        day = begin + timedelta(days=offset)
        with clock_at(_at(day, NIGHT)), acting_as(SYSTEM):
            volumes.close_full()
        _hand_over(_morning_after(day), until, desk[0], officer)


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
