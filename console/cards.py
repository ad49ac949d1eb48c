"""Cards of the board: a visit as reception reads it, rendered once for each state of it."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from console import lines
from shared import alerts, badges, directory, relay, rooms, visits, watch_list
from shared.alerts import DeliveryView
from shared.badges import JobView
from shared.lib import i18n
from shared.lib.i18n import _, format_datetime, format_time
from shared.relay import RelayView
from shared.visits import Board, VisitView

MOST_KEPT = 2000
LANES = ("expected", "waiting", "meeting", "left")
WHERE = ("expected", "waiting")  # lanes on which it matters where the host is
Hide = Callable[[str], str]  # shortens a name, or leaves it as it is
_kept: OrderedDict[Any, tuple[Any, str]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card says, in the reader's language."""

    token: str
    lane: str
    name: str
    about: str
    number: str
    host: str
    department: str
    presence: str
    asked_for: str
    flags: tuple[str, ...]
    lines: tuple[lines.Line, ...]
    since: str
    time: str
    exact: str
    due: str
    absent: str
    unconfirmed: bool
    badge_missing: bool
    visitor_language: str
    seated: bool = False
    returns: bool = False
    watch: str = ""


@dataclass(frozen=True, slots=True)
class LaneShown:
    """A lane as HTML, and how many it holds."""

    name: str
    title: str
    count: int
    more: int
    cards: tuple[str, ...]
    brief: bool


@dataclass(frozen=True, slots=True)
class Lanes:
    """The board, ready to be put together."""

    people_on_site: int
    shown: tuple[LaneShown, ...]


def lanes(board: Board, *, writes: bool, masked: bool) -> Lanes:
    """The lanes with their cards; `writes` shows what reception may do, `masked` shortens every name."""
    here = [visit for lane in (board.waiting, board.meeting) for visit in lane.visits]
    ids = [visit.id for visit in here]
    told, printed, messages = alerts.marks(ids), badges.for_visits(ids), relay.for_visits(ids)
    places = rooms.places([visit.room_use_id for visit in here if visit.room_use_id is not None])

    def marks(visit: VisitView) -> tuple[Any, JobView | None, Sequence[RelayView], Any]:
        place = places.get(visit.room_use_id or 0)
        return told.get(visit.id, ()), printed.get(visit.id), messages.get(visit.id, ()), place

    held = watch_list.holding()
    titles = {"expected": _("Expected"), "waiting": _("Waiting"), "meeting": _("With host"), "left": _("Left")}
    shown = []
    for name in LANES:
        lane = getattr(board, name)
        ordered = lane.visits if name in ("expected", "left") else lane.visits[::-1]
        if name == "waiting":
            ordered = tuple(sorted(ordered, key=lambda visit: visit.id not in held))
        html = [_html(visit, name, *marks(visit), writes=writes, masked=masked) for visit in ordered]
        shown.append(LaneShown(name, titles[name], lane.count, lane.more, tuple(html), len(html) > 3))
    return Lanes(board.people_on_site, tuple(shown))


def card(
    visit: VisitView,
    lane: str,
    told: Sequence[DeliveryView],
    badge: JobView | None,
    messages: Sequence[RelayView] = (),
    place: Any = None,
    *,
    masked: bool,
) -> Card:
    """What the card of `visit` says in `lane`."""
    if masked:
        told = [one for one in told if one.channel != "answer"]  # those lines hold names
        messages = ()
    hide: Hide = directory.shortened if masked else str
    watch = next((one.flag for one in watch_list.of_visit(visit.id) if one.holds), "")
    said = lines.of(visit, told, badge, messages, place, names=not masked) if lane in ("waiting", "meeting") else ()
    return Card(
        token=visit.token,
        lane=lane,
        name=hide(visit.visitor_name),
        about=about(visit, lane),
        number=visit.badge,
        flags=_flags(visit, watch) if lane == "waiting" else (watch,) if watch else (),
        lines=tuple(said),
        watch=watch,
        seated=visit.room_use_id is not None,
        returns=visit.will_return,
        unconfirmed=visit.unconfirmed,
        badge_missing=lane == "left" and bool(visit.badge) and not visit.badge_returned,
        visitor_language=i18n.HTML_LANG.get(visit.language, ""),
        **_for(visit, lane, hide),
        **_when(visit, lane),
    )


def _for(visit: VisitView, lane: str, hide: Hide) -> dict[str, str]:
    """Whom they came for, and where that person is."""
    language, host = i18n.language(), visit.host
    return {
        "host": hide(host.spoken(language)) if host else "",
        "department": host.department_in(language) if host else "",
        "presence": visit.host_presence.words if lane in WHERE and not visit.host_presence.is_in else "",
        "asked_for": hide(visit.host_text),
        "absent": absent(visit, hide) if lane == "waiting" else "",
    }


def _when(visit: VisitView, lane: str) -> dict[str, str]:
    """The moment that counts in a lane, as it is read and as clocks in the page read it."""
    moment = {"expected": visit.expected_at, "left": visit.left_at, "meeting": visit.met_at}.get(lane, visit.arrived_at)
    any_time = lane == "expected" and visit.time_open
    return {
        "since": iso(visit.met_at if lane == "meeting" else visit.arrived_at),
        "time": (_("time open") if any_time else format_time(moment)) if moment else "",
        "exact": format_datetime(moment) if moment else "",
        "due": iso(visit.expected_at) if lane == "expected" and not any_time else "",
    }


def about(visit: VisitView, lane: str = "") -> str:
    """Company or reason, the time that was agreed, and how many they are."""
    said = [visit.visitor_company or visits.purpose_name(visit.purpose)]
    if visit.visitor_company and visit.purpose not in ("business", "meeting") and lane in ("waiting", ""):
        said.append(visits.purpose_name(visit.purpose))
    if visit.expected_at and lane == "waiting":
        said.append(_("booked %(time)s") % {"time": format_time(visit.expected_at)})
    if visit.party_size > 1:
        said.append(_("party of %(n)s") % {"n": visit.party_size})
    return _(", ").join(said)


def absent(visit: VisitView, hide: Hide = str) -> str:
    """What reception reads when the host is not there or cannot come, and asks of them; empty otherwise."""
    if not visit.host_absent or visit.host is None:
        return ""
    now = visit.host_presence
    values = {"name": hide(visit.host.spoken(i18n.language())), "where": now.words}
    if visit.host_answer == "cannot" and now.is_in:
        return _("%(name)s cannot come. Take a message or choose someone else?") % values
    return _("%(name)s is %(where)s. Take a message or choose someone else?") % values


def iso(moment: datetime | None) -> str:
    """RFC 3339 in UTC, empty for none: what clocks in the page read."""
    return moment.isoformat() if moment else ""


def forget() -> None:
    """Renders every card again when it is next asked for."""
    _kept.clear()


def _flags(visit: VisitView, watch: str) -> tuple[str, ...]:
    wanted = (
        (bool(watch), watch),
        (not visit.invited, _("Not booked")),
        (visit.first_visit, _("First visit")),
    )
    return tuple(words for holds, words in wanted if holds)


def _html(
    visit: VisitView,
    lane: str,
    told: Sequence[alerts.Mark],
    badge: JobView | None,
    messages: Sequence[RelayView],
    place: Any,
    *,
    writes: bool,
    masked: bool,
) -> str:
    """The card as it was rendered before, unless something it is made from differs."""
    key = (visit.id, lane, i18n.language(), writes, masked)
    where = visit.host_presence if lane in WHERE else None
    made_from = (visit, told, badge, messages, place, visit.host, where, watch_list.of_visit(visit.id))
    known = _kept.get(key)
    if known is not None and known[0] == made_from:
        return known[1]
    macros: Any = current_app.jinja_env.get_template("console/_card.html").module
    said = card(visit, lane, alerts.told(told), badge, messages, place, masked=masked)
    html = str(macros.card(said, writes))
    _kept[key] = (made_from, html)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return html
