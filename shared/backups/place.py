"""What a process knows of its second place: when it last took everything, and what is wrong with it."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from shared.backups.sealed import Key
from shared.lib import clock, i18n
from shared.lib.errors import Refused
from shared.lib.i18n import _

LATE = 60.0  # seconds until somebody is told
NIGHT = 2  # o'clock at the site


class Place:
    """The folder, the operator's key, and how it has been going."""

    def __init__(self, path: Path, key: Key) -> None:
        self.path, self.key = path, key
        self.reached = self.wanted = time.monotonic()  # everything was there; a whole back-up was due
        self.since = clock.now()  # the same as `reached`, for people
        self.made: tuple[str, datetime] | None = None  # the stream that the last back-up belongs to, and when it began
        self.stream = ""  # what is being filled now; nobody can restore it before it has a whole back-up
        self.away = self.unmade = ""  # what was wrong with the last try

    def took_everything(self, began: float, moment: datetime) -> None:
        """All that was kept before `began` is there."""
        self.reached, self.since, self.away = began, moment, ""

    def late(self) -> bool:
        """Whether for more than a minute changes have not arrived, or a back-up that is due could not be made."""
        now = time.monotonic()
        unmade = now - self.wanted > (LATE if self.unmade else 10 * LATE)  # a large one takes its time
        return now - self.reached > LATE or unmade

    def reason(self) -> str:
        """What is wrong, in the words of the machine; empty when it just does not answer."""
        return self.away or self.unmade

    def due(self) -> bool:
        """Whether a whole back-up is wanted: at the start, after a hole, and every night."""
        if self.made and self.made[0] == self.stream and self.made[1] >= last_night(clock.now()):
            self.wanted = time.monotonic()
            return False
        return True

    def trouble(self) -> str:
        """One sentence for reception; empty when all is well."""
        if not self.late():
            return ""
        words = {"time": i18n.format_time(self.since), "reason": self.reason() or _("it does not answer")}
        return _("No back-up since %(time)s: %(reason)s. The desk goes on; tell whoever looks after it.") % words

    def state(self) -> str:
        """How it stands, for whoever looks after the desk."""
        if self.late():
            return self.trouble()
        if self.made is None or self.made[0] != self.stream:
            return _("A whole back-up is being made.")
        words = {"made": i18n.format_datetime(self.made[1]), "time": i18n.format_time(self.since, seconds=True)}
        return _("Everything up to %(time)s is in the second place. Last whole back-up: %(made)s.") % words


def last_night(now: datetime) -> datetime:
    """The last time it was two o'clock at the site."""
    local = i18n.local(now)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night <= local else night - timedelta(days=1)


def why(error: Exception) -> str:
    """What went wrong, without a path or a name in it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return error.sentence if isinstance(error, Refused) else type(error).__name__
