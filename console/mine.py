"""What one person's own page shows: who waits for them, what was answered, and who comes today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.mine_asked import Asked, asked
from console.mine_backup import Needed, needed, not_needed
from console.mine_messages import Note, notes
from console.mine_quiet import Quiet, quiet
from shared import alerts, contact_requests, directory, presence, procedure, visits, watch_list
from shared.alerts import AlertView
from shared.directory import PersonView
from shared.lib import clock, i18n
from shared.lib.i18n import _, format_time, today
from shared.presence import PresenceView
from shared.visits import VisitView

LONG, LONGER = 10, 18
NAMES = 6
CHOICES = (("coming", None), ("minutes", 5), ("minutes", 10), ("minutes", 15), ("wait", None), ("cannot", None))


@dataclass(frozen=True, slots=True)
class Clock:
    """A countdown: from when, until when, when it is nearly up and when it is late."""

    start: datetime
    due: datetime
    warn: datetime | None = None
    breach: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody at the desk, and what may be answered."""

    alert: AlertView
    visit_token: str
    name: str
    size: str
    what: str
    names: tuple[str, ...]
    since: datetime
    clock: Clock | None
    deputy: str
    sees: dict[str, str]
    said: str
    in_short: str
    title: str

    @property
    def waited(self) -> str:
        """Minutes and seconds that the visitor has waited."""
        seconds = max(0, int((clock.now() - self.since).total_seconds()))
        return f"{seconds // 60}:{seconds % 60:02d}"

    @property
    def token(self) -> str:
        return self.alert.token

    @property
    def open(self) -> bool:
        return self.alert.answer is None


@dataclass(frozen=True, slots=True)
class Coming:
    """A visitor of today in one line."""

    at: str
    name: str
    what: str
    state: str
    words: str
    token: str


@dataclass(frozen=True, slots=True)
class Mine:
    """The whole page: everyone who waits, the one that is shown large, what else is asked, today, where one is."""

    calls: tuple[Call, ...]
    shown: Call | None
    over: tuple[str, ...]
    today: tuple[Coming, ...]
    next: Coming | None
    notes: tuple[Note, ...]
    asked: tuple[Asked, ...]
    needed: tuple[Needed, ...]
    quiet: tuple[Quiet, ...]
    seq: int
    presence: PresenceView
    turns: str
    note: str
    day: str
    calendar: str

    @property
    def count(self) -> int:
        """How many wait for an answer."""
        here = sum(call.alert.count for call in self.calls if call.open)
        rings = (
            sum(note.rings for note in self.notes)
            + sum(one.rings for one in self.needed)
            + sum(one.rings for one in self.quiet)
        )
        return here + rings + len(self.asked)


def mine(person_id: int, chosen: str = "") -> Mine:
    """The page of a person; `chosen` is the alert they look at, else the one that waits longest for an answer."""
    seq = alerts.last_seq(person_id)
    calls = tuple(call_of(alert) for alert in alerts.open_for(person_id))
    first = next((call for call in calls if call.open), calls[0] if calls else None)
    over = ("left", "no_show", "refused")
    day = tuple(_coming(visit) for visit in sorted(_known(person_id), key=lambda visit: visit.state in over))
    questions = asked(person_id)
    moments = (presence.turns([person_id]), contact_requests.turns(one.request for one in questions))
    turns = min((moment for moment in moments if moment is not None), default=None)
    return Mine(
        calls=calls,
        shown=next((call for call in calls if call.token == chosen), first),
        over=(*filter(None, map(_taken_over, alerts.lately_over(person_id))), *not_needed(person_id)),
        today=day,
        next=next((one for one in day if one.state == "expected"), None),
        notes=notes(person_id),
        asked=questions,
        needed=needed(person_id),
        quiet=quiet(person_id),
        seq=seq,
        presence=presence.of(person_id),
        turns=turns.isoformat() if turns else "",
        note=presence.note_of(person_id),
        day=today(clock.now()).isoformat(),
        calendar=_not_read(person_id),
    )


def _known(person_id: int) -> list[VisitView]:
    """Their visitors of today. Of whoever reception has still to decide about they know that they are expected."""
    held = watch_list.holding()
    mine = [visit for visit in visits.of_host(person_id) if visit.id not in held or visit.expected_at is not None]
    return [one._replace(state="expected", arrived_at=None) if one.id in held else one for one in mine]


def _not_read(person_id: int) -> str:
    """Why the calendar of this person could not be read; empty when it could, or there is none."""
    known = presence.calendar_of(person_id)
    return presence.reason_name(known.reason) if known and known.reason else ""


def call_of(alert: AlertView) -> Call:
    """An alert with its visitors, in the reader's language."""
    met = alerts.visits_of(alert)
    first = met[0] if met else visits.one(alert.visit_id or 0)
    many, name = alert.summary and alert.count > 1, first.visitor_name
    if many:
        name = i18n.ngettext("%(n)s more visitor", "%(n)s more visitors", alert.count) % {"n": alert.count}
    deputy = directory.deputy_of(alert.person_id)
    return Call(
        alert=alert,
        visit_token="" if many else first.token,
        name=name,
        size="longer" if len(name) > LONGER else "long" if len(name) > LONG or many else "",
        what="" if many else _what(alert, first),
        names=tuple(visit.visitor_name for visit in met[:NAMES]) if many else (),
        since=first.arrived_at or alert.created_at,
        clock=_clock(alert),
        deputy=deputy.spoken(i18n.language()) if deputy else "",
        sees=_sees(alert, first, deputy),
        said=_as_seen(alert, first, alert.answer, alert.minutes) if alert.answer else "",
        in_short=name if many else alerts.in_short(first),
        title=name if many else directory.surname(first.visitor_name),
    )


def _what(alert: AlertView, visit: VisitView) -> str:
    """Why they came; the deputy reads first whose visitor it is."""
    reason = alerts.reason_for_coming(visit)
    if alert.kind != "deputy" or visit.host is None:
        return reason
    return _("for %(host)s, who has not answered") % {"host": visit.host.spoken(i18n.language())} + _(", ") + reason


def key(answer: str, minutes: int | None) -> str:
    """One name for a button: `coming`, `minutes5`."""
    return f"{answer}{minutes or ''}"


def _clock(alert: AlertView) -> Clock | None:
    """How long there is to answer (procedure T02), then until the host said they would be there."""
    if alert.answer is None:
        start, clock = alert.created_at, procedure.clock("T02")
        warn, due, late = (start + timedelta(seconds=one) for one in (clock.warn, clock.due, clock.breach))
        return Clock(start, due, warn, late)
    if alert.answer == "minutes" and alert.answered_at is not None and alert.minutes is not None:
        due = alert.answered_at + timedelta(minutes=alert.minutes)
        return Clock(alert.answered_at, due, max(alert.answered_at, due - timedelta(minutes=1)))
    return None


def _sees(alert: AlertView, visit: VisitView, deputy: PersonView | None) -> dict[str, str]:
    """For every button what the visitor will read."""
    sees = {key(answer, minutes): _as_seen(alert, visit, answer, minutes) for answer, minutes in CHOICES}
    return {**sees, "delegated": alerts.visitor_sees("delegated", None, _named(visit, deputy))}


def _as_seen(alert: AlertView, visit: VisitView, answer: str, minutes: int | None) -> str:
    return alerts.visitor_sees(answer, minutes, _named(visit, alert.person))


def _named(visit: VisitView, person: PersonView | None) -> str:
    """Somebody as this visitor may know them: nobody is named to who only wrote a name down."""
    return person.spoken(i18n.language()) if person and not visit.neutral else ""


def _taken_over(alert: AlertView) -> str:
    """Who looks after a visitor instead; nothing once the visitor has left."""
    visit = visits.one(alert.visit_id or 0)
    if not visit.on_site:
        return ""
    colleague = alert.colleague or visit.host
    values = {"name": colleague.spoken(i18n.language()) if colleague else "", "visitor": visit.visitor_name}
    if colleague is None or colleague.id == alert.person_id:
        return _("The front desk takes care of %(visitor)s.") % values
    return _("%(name)s takes care of %(visitor)s.") % values


def _coming(visit: VisitView) -> Coming:
    moment = visit.arrived_at or visit.expected_at or visit.created_at
    company = visit.visitor_company or visits.purpose_name(visit.purpose)
    return Coming(format_time(moment), visit.visitor_name, company, visit.state, _state_words(visit), visit.token)


def _state_words(visit: VisitView) -> str:
    if visit.state == "arrived" and visit.host_answer and visit.host_answer != "delegated":
        return alerts.answer_name(visit.host_answer, visit.host_minutes)
    return {
        "expected": _("expected"),
        "arrived": _("waits for you"),
        "absent_host": _("with the front desk"),
        "meeting": _("with you"),
        "left": _("left %(time)s") % {"time": format_time(visit.left_at)} if visit.left_at else "",
        "no_show": _("did not come"),
    }.get(visit.state, "")
