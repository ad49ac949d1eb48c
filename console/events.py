"""The journal in words: what happened, who did it, to whom; one sentence an event, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.event_icons import ICONS
from console.event_words import CHANNELS, LEFT_HOW, STEPS, WORDS, fact_names, way_names
from console.lines import answer_words
from console.privacy_words import check_name
from shared import accounts, directory, procedure, relay, roll_call, rooms, visits, volumes
from shared.journal import Event
from shared.lib import i18n
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.lib.web.routes import may
from shared.presence import PresenceView
from shared.relay import RelayView
from shared.roll_call import CallView
from shared.visits import VisitView


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it; `visit` is the token of the visit whose visitor `about` names."""

    seq: int
    at: datetime
    icon: str
    words: str
    who: str
    about: str
    url: str
    visit: str


def tell(events: Iterable[Event], *, names: bool = True) -> list[Told]:
    """Each event as a sentence; `names=False` leaves out what it was about, for a page that says so already."""
    telling = _Telling()
    return [telling.of(event, names) for event in events]


def names() -> dict[str, str]:
    """Accounts and kiosks by how the journal refers to them."""
    return _Telling().known()


class _Telling:
    """Looks every account, kiosk and visit up once for a whole page."""

    def __init__(self) -> None:
        self.actors: dict[str, str] | None = None
        self.subjects: dict[str, tuple[str, str, str]] = {}
        self.rooms: dict[int, str] | None = None

    def of(self, event: Event, names: bool) -> Told:
        about, url, visit = self.subject(event) if names else ("", "", "")
        return Told(event.seq, event.at, _icon(event), self.words(event), self.who(event.actor), about, url, visit)

    def words(self, event: Event) -> str:
        sentence = WORDS.get(event.action)
        if sentence is None:
            return event.action
        data = event.data
        host = directory.person(event.person_id) if event.person_id is not None else None
        facts = {
            "host": host.spoken(i18n.language()) if host else _("nobody"),
            "answer": answer_words(str(data.get("answer", "")), data.get("minutes")),
            "count": data.get("new", data.get("rows", len(data.get("sessions", [])))),
            "names": fact_names(data.get("names", [])),
            "clock": _clock(event),
            "steps": _(", ").join(_(STEPS.get(str(step), "")) for step in data.get("steps", [])),
            "way": relay.channel_name(str(data.get("channel", ""))),
            "result": relay.result_name(str(data.get("result", ""))),
            "place": self.room(data.get("place")),
            "took": took(data.get("seconds")),
            "reason": data.get("reason", ""),
            "where": _where(event),
            "ways": way_names(data.get("ways", [])),
            "rows": data.get("rows", ""),
            "check": check_name(str(data.get("check", ""))),
            "channel": _(CHANNELS.get(str(data.get("channel", "")), "")),
        }
        said = _(sentence) % facts
        if event.action == "rooms.cleared" and not facts["took"]:
            said = _("cleared")
        if event.action == "visits.checked_in" and event.data.get("source") == "kiosk":
            said = _("checked in at the kiosk")
        return said

    def room(self, key: object) -> str:
        """A room by its key."""
        if self.rooms is None:
            self.rooms = {room.id: room.spoken(i18n.language()) for room in rooms.rooms()}
        return self.rooms.get(key if isinstance(key, int) else 0, "")

    def who(self, ref: str) -> str:
        kind, _colon, _id = ref.partition(":")
        plain = {
            "system": _("the desk itself"),
            "operator": _("the operator"),
            "pass": _("the visitor's own page"),
            "link": _("a link in an e-mail"),
            "token": _("a program"),
            "nobody": "",
        }
        return plain[kind] if kind in plain else self.known().get(ref, "")

    def subject(self, event: Event) -> tuple[str, str, str]:
        key = event.subject
        if key.startswith("alert:"):
            key = f"visit-id:{event.data.get('visit') or next(iter(event.data.get('visits', ())), '')}"
        if key not in self.subjects:
            self.subjects[key] = self._subject(key)
        return self.subjects[key]

    def _subject(self, subject: str) -> tuple[str, str, str]:
        kind, _colon, key = subject.partition(":")
        try:
            if kind == "visit":
                return _visit(visits.by_token(key))
            if kind == "visit-id" and key:
                return _visit(visits.one(int(key)))
        except NotFound:
            return "", "", ""
        return *self._other(subject), ""

    def _other(self, subject: str) -> tuple[str, str]:
        """What is not about a visitor."""
        kind, _colon, key = subject.partition(":")
        try:
            if kind == "relay":
                return _message(relay.one(key))
            if kind == "person":
                return directory.by_token(key).spoken(i18n.language()), f"/console/directory/{key}"
            if kind == "room" and key.isdigit():
                return self.room(int(key)), f"/console/rooms/{key}"
            if kind == "volume":
                return volumes.one(key).name, f"/console/volumes/{key}"
            if kind == "roll_call":
                return _call(roll_call.one(key))
            if kind == "watch":
                return "", f"/console/watch-list/{key}" if may("watch_list.read") else ""
            if kind == "department":
                return directory.department(key).spoken(i18n.language()), ""
        except NotFound:
            return "", ""
        return self.known().get(subject, ""), ""

    def known(self) -> dict[str, str]:
        if self.actors is None:
            self.actors = {f"device:{device.id}": device.name for device in accounts.devices()}
            for account in accounts.accounts():
                self.actors[f"account:{account.id}"] = self.actors[f"account:{account.token}"] = account.name
        return self.actors


def _visit(visit: VisitView) -> tuple[str, str, str]:
    page = "/console/visits" if may("visits.read") else "/console/retention/visits" if may("privacy.answer") else ""
    return f"{visit.visitor_name} {visit.badge}".strip(), f"{page}/{visit.token}" if page else "", visit.token


def _message(view: RelayView) -> tuple[str, str]:
    to = view.holder
    return to.spoken(i18n.language()) if to else "", f"/console/messages/{view.token}"


def _call(call: CallView) -> tuple[str, str]:
    words = _("Drill") if call.drill else _("Roll call")
    return (
        f"{words} {i18n.format_date(call.started_at, 'MM-dd')} {i18n.format_time(call.started_at)}",
        f"/console/roll-call/{call.token}",
    )


def _clock(event: Event) -> str:
    """The clock an event is about."""
    key = str(event.data.get("key", event.subject.partition(":")[2]))
    known = procedure.DEFAULTS.get(key)
    return known.name if known else key


def took(seconds: object) -> str:
    """1:50, for so many seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}" if isinstance(seconds, int) else ""


def _where(event: Event) -> str:
    """Where somebody was said to be."""
    if event.topic != "presence" or "state" not in event.data:
        return ""
    until = event.data.get("until")
    return PresenceView(event.data["state"], datetime.fromisoformat(until) if until else None).words


def left_how(how: str | None) -> str:
    """How somebody left."""
    return _(LEFT_HOW.get(how or "", ""))


def _icon(event: Event) -> str:
    return ICONS.get(event.action) or ICONS.get(event.topic, "note")
