"""Lines of a card: how each channel fared, what the host answered, what the printer says; one icon and a few words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import accounts, alerts
from shared.alerts import DeliveryView
from shared.badges import JobView
from shared.lib import i18n
from shared.lib.i18n import _, format_time
from shared.relay import RelayView
from shared.visits import VisitView

QUIET = {"printed", "cancelled"}
TROUBLE = {"failed", "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """An icon of the house, what it says, and whether it is ok, seen, todo, or bad (failed: in ink, not red)."""

    icon: str
    text: str
    kind: str = ""


def of(
    visit: VisitView,
    told: Sequence[DeliveryView],
    badge: JobView | None,
    messages: Sequence[RelayView] = (),
    place: Any = None,
    *,
    names: bool = True,
) -> Iterator[Line]:
    """The lines of a card in the order in which things happen; `place` is the room in which the visitor sits.

    Without `names` they say of nobody that they did it.
    """
    if visit.state != "meeting" and visit.neutral and visit.source == "kiosk":
        yield Line("lock", _("The screen only said: the front desk will help"))
    if visit.host_id is None and visit.state != "meeting":
        yield Line("no", _("Nobody told yet"), "todo")
    if visit.state == "meeting":
        yield from _met(visit)
    else:
        yield from (channel_line(one) for one in told)
        answer = answer_line(visit)
        if answer is not None:
            yield answer
    if place is not None and visit.seated_at is not None:
        yield Line("seat", seated(visit.seated_at, place))
    if visit.confirmed_at is not None:
        yield confirmed_line(visit, visit.confirmed_at, names=names)
    if visit.will_return:
        yield Line("clock", returns(visit), "ok")
    for message in messages:
        yield Line("note", message.line, "ok" if message.finished else "")
    printed = badge_line(badge)
    if printed is not None:
        yield printed


def channel_line(one: DeliveryView) -> Line:
    """How one channel fared."""
    return Line(one.icon, one.sentence, one.kind)


def answer_line(visit: VisitView) -> Line | None:
    """What the host said, and when."""
    if visit.host_answer is None or visit.host_answered_at is None:
        return None
    values = {
        "time": format_time(visit.host_answered_at),
        "words": answer_words(visit.host_answer, visit.host_minutes),
    }
    said = _("%(time)s answered: %(words)s") % values
    return Line("no", said, "bad") if visit.host_answer == "cannot" else Line("check", said, "ok")


def confirmed_line(visit: VisitView, at: datetime, *, names: bool = True) -> Line:
    """Who let a visitor in who came unannounced or for the first time, and when."""
    by = accounts.account_by_id(visit.confirmed_by) if names and visit.confirmed_by is not None else None
    values = {"time": format_time(at), "name": by.name if by else ""}
    return Line(
        "shield", (_("%(time)s %(name)s confirmed the entry") if by else _("%(time)s entry confirmed")) % values, "ok"
    )


def returns(visit: VisitView) -> str:
    """When the visitor comes again."""
    if visit.return_at is None:
        return _("Wants to come again, no day agreed")
    when = f"{i18n.format_date(visit.return_at)} {format_time(visit.return_at)}"
    return _("Comes again on %(when)s") % {"when": when}


def badge_line(badge: JobView | None) -> Line | None:
    """What the printer says: nothing once the badge is out; a failure stays until it is dealt with."""
    if badge is None or badge.state in QUIET:
        return None
    return Line("print", badge.text, "bad" if badge.delayed or badge.state in TROUBLE else "")


def seated(at: datetime, place: Any) -> str:
    """When somebody was shown to which room."""
    name = place.name if i18n.language() == "zh_Hans" else place.name_en or place.name
    return _("%(time)s seated in %(room)s") % {"time": format_time(at), "room": name}


def answer_words(answer: str, minutes: int | None = None) -> str:
    """What the host said, in a few words."""
    return alerts.answer_name(answer, minutes, _("a colleague"))


def _met(visit: VisitView) -> Iterator[Line]:
    answer = answer_line(visit)
    if answer is not None:
        yield answer
    if visit.met_at:
        yield Line("clock", _("%(time)s met the host") % {"time": format_time(visit.met_at)})
