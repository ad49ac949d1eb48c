"""Where somebody is, as staff read it. A visitor never does."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shared.lib import i18n
from shared.lib.clock import now, rfc3339
from shared.lib.i18n import _, format_time, local, today

# state: with nothing more, with a time of today, for the rest of today, with a last day, with a day and a time
_WORDS = {
    "in": lambda: (_("in"),) * 5,
    "out": lambda: (
        _("out"),
        _("out until %(time)s"),
        _("out today"),
        _("out through %(day)s"),
        _("out until %(day)s, %(time)s"),
    ),
    "meeting": lambda: (
        _("in a meeting"),
        _("in a meeting until %(time)s"),
        _("in meetings today"),
        _("in meetings through %(day)s"),
        _("in a meeting until %(day)s, %(time)s"),
    ),
    "leave": lambda: (
        _("on leave"),
        _("on leave until %(time)s"),
        _("on leave today"),
        _("on leave through %(day)s"),
        _("on leave until %(day)s, %(time)s"),
    ),
}


@dataclass(frozen=True, slots=True)
class PresenceView:
    """What somebody is now, until when, and who says so: self, reception, calendar; empty for whoever is just in."""

    state: str
    until: datetime | None = None
    source: str = ""

    @property
    def is_in(self) -> bool:
        return self.state == "in"

    @property
    def away(self) -> bool:
        """Not in the house: out or on leave. Somebody in a meeting is in the house."""
        return self.state in ("out", "leave")

    @property
    def words(self) -> str:
        """In the reader's language: "外出，15:00 回", "out until 15:00"."""
        plain, at_time, rest, last_day, at_day = _WORDS[self.state]()
        if self.until is None or self.is_in:
            return plain
        last = self.until - timedelta(microseconds=1)
        named = {"time": format_time(self.until), "day": i18n.format_date(last, _("d MMMM"))}
        if local(self.until).time() == time():
            return (rest if today(last) == today(now()) else last_day) % named
        return (at_time if today(self.until) == today(now()) else at_day) % named

    def as_json(self) -> dict[str, str | None]:
        """As a program reads it."""
        said = {"state": self.state, "until": rfc3339(self.until), "source": self.source or None}
        return {**said, "words": self.words}


IN = PresenceView("in")
