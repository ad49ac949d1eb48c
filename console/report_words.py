"""What a report says in words: limits, lengths of time, what became of a clock, and where it mostly went wrong."""

from collections.abc import Iterable
from datetime import date, timedelta

from shared import calendar, procedure, rooms
from shared.lib import clock, i18n
from shared.lib.i18n import _, lazy, ngettext
from shared.procedure import Clock
from shared.reports import Month, OnTime, Row, Tally

OUTCOMES = {
    "": lazy("All that count"),
    "in_time": lazy("In time"),
    "late": lazy("Late"),
    "open": lazy("Still running"),
    "dropped": lazy("Not needed"),
    "undone": lazy("Taken back"),
}
WHY = {
    "left": lazy("the visitor left before"),
    "reassigned": lazy("another host was asked"),
    "restarted": lazy("started again"),
    "message": lazy("a message was taken instead"),
    "do_not_disturb": lazy("do not disturb"),
    "moved": lazy("moved to another room"),
    "taken": lazy("the room was taken as it was"),
    "closed": lazy("the room was closed"),
    "cancelled": lazy("cancelled"),
    "wrong": lazy("the content was wrong"),
    "undone": lazy("taken back"),
}
KINDS = {"visit": lazy("A visitor"), "room": lazy("Room %(n)s"), "relay": lazy("A message")}


def month_name(month: Month) -> str:
    """2025 年 10 月, October 2025."""
    return i18n.format_date(month.first, "y 年 M 月" if i18n.language() == "zh_Hans" else "MMMM y")


def short_month(month: Month) -> str:
    """10 月, October."""
    return i18n.format_date(month.first, "M 月" if i18n.language() == "zh_Hans" else "MMMM")


def month_of(day: date) -> Month:
    """The month a day belongs to."""
    return Month.of(day)


def weekday_name(weekday: int) -> str:
    """周一, Mon."""
    monday = Month(2024, 1).first  # a Monday
    return i18n.format_date(monday + timedelta(days=weekday), "EEE")


def length(seconds: float | None) -> str:
    """0:24, 14:10, 1:33:04; nothing for nothing."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def spoken(seconds: float) -> str:
    """2 minutes, 90 seconds."""
    whole = round(seconds)
    if whole % 60:
        return ngettext("%(n)s second", "%(n)s seconds", whole) % {"n": whole}
    return ngettext("%(n)s minute", "%(n)s minutes", whole // 60) % {"n": whole // 60}


def limit(tally: Tally) -> str:
    """What the rows of the month were held to, or the procedure when there was none."""
    clocks = [one for one in procedure.clocks().values() if one.clause_key == tally.clause_key]
    if any(one.time == "business" for one in clocks):
        return _office_limit(clocks)
    found = tally.limits or tuple(float(one.breach) for one in clocks)
    if len(found) == 1:
        return _("within %(time)s") % {"time": spoken(found[0])}
    return _("within %(short)s or %(long)s, as it was then") % {"short": spoken(found[0]), "long": spoken(found[-1])}


def under(tally: Tally) -> str:
    """The line below a clause: its register when it has no number of its own, and the limit."""
    return _(", ").join([*([] if tally.clause.number else [tally.clause.label]), limit(tally)])


def _office_limit(clocks: list[Clock]) -> str:
    """For clocks of office hours: what holds for most, and what for those that are urgent."""
    plain, urgent = ([one for one in clocks if (one.key[-1] == "U") is urgent] for urgent in (False, True))
    said = [
        _("the same working day") if one.ends else _("within %(time)s of office hours") % {"time": spoken(one.breach)}
        for one in plain
    ]
    return _(", ").join([*said, *(_("urgent %(time)s") % {"time": spoken(one.breach)} for one in urgent)])


def outcome_words(row: Row) -> str:
    """What became of a clock, and why it was not needed."""
    said = _(OUTCOMES[row.outcome])
    if row.state == "dropped" and row.outcome != "undone":
        return _("%(what)s: %(why)s") % {"what": said, "why": _(WHY.get(row.reason, "")) or _("no longer needed")}
    return said


def about(row: Row) -> str:
    """Whom or what a clock was about, as far as the register still knows."""
    if row.visitor_name:
        return row.visitor_name
    kind, _colon, number = row.subject.partition(":")
    place = next((room for room in rooms.rooms() if room.id == int(number)), None) if kind == "room" else None
    if place is not None:
        return place.spoken(i18n.language())
    return _(KINDS.get(kind, "")) % {"n": number} if kind in KINDS else ""


def worst(report: OnTime) -> tuple[list[str], list[int]]:
    """The clauses that are late most often, and the hours in which most is late."""
    late = sorted((one for one in report.tallies if one.count.late), key=lambda one: one.count.share or 0)
    hours = sorted(report.late_hours.items(), key=lambda item: -item[1])
    return [short_name(one.clause_key) for one in late[:2]], sorted(hour for hour, _count in hours[:2])


def short_name(clause: str) -> str:
    """What a clause is called in a table: the name of its first clock."""
    named = next((one for one in procedure.DEFAULTS.values() if one.clause_key == clause), None)
    return named.name if named else procedure.clause(clause).words


def workdays(month: Month) -> int:
    """How many working days of the month have begun."""
    today = i18n.today(clock.now())
    return sum(1 for day in month.days if day <= today and calendar.is_workday(day))


def not_counted(tallies: Iterable[Tally]) -> dict[str, int]:
    """What the numbers leave out, by why."""
    found = {"open": 0, "dropped": 0, "undone": 0}
    for tally in tallies:
        for what in found:
            found[what] += getattr(tally, what)
    return found
