"""What a backup is told: who was not greeted, called back or told, or which room has no tea; and the e-mail."""

from dataclasses import dataclass
from typing import Any

from shared import company, directory, phone, relay, rooms, visits, volumes
from shared.alerts import links, words
from shared.alerts.model import Alert
from shared.lib import i18n
from shared.lib.config import settings
from shared.lib.i18n import _, format_date, format_time, language


@dataclass(frozen=True, slots=True)
class Matter:
    """What a backup is called for, in the reader's language; `short` is all that leaves the house about it."""

    kind: str
    key: str
    name: str
    company: str
    short: str
    what: str
    when: str


def matter(subject: str, about: str = "") -> Matter:
    """The visitor of "visit:TOKEN" who waits to be greeted, the room of "room:3" whose tea is late, or the volume of
    "volume:TOKEN" that is handed over, or late when it is `about` that ("overdue"); the missed call of "phone:TOKEN",
    the message of "relay:TOKEN".
    """
    kind, _colon, key = subject.partition(":")
    if about == "overdue":
        return _late_volume(key)
    return {"room": _room, "volume": _volume, "phone": _call, "relay": _message}.get(kind, _visitor)(key)


def values(alert: Alert) -> dict[str, Any]:
    """What the letter says, in the language that is being spoken (procedure 0.9): surname and company, or the room."""
    about = matter(alert.subject, alert.kind)
    said = {"who": words.listed(about.short, about.company)}
    subjects = {
        "room": _("The front desk needs you: tea for %(who)s"),
        "volume": _("Handed over to you: %(who)s"),
        "overdue": _("Not filed in time: %(who)s"),
        "phone": _("The front desk needs you: call %(who)s back"),
        "relay": _("The front desk needs you: a message from %(who)s"),
    }
    return {
        "subject": subjects.get(about.kind, _("The front desk needs you: %(who)s waits")) % said,
        "who": about.short,
        "firm": about.company,
        "what": about.what,
        "when": about.when,
        "url": links.address(alert.token, alert.person_id),
        "html_lang": i18n.HTML_LANG[language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(language()),
    }


def _visitor(token: str) -> Matter:
    visit = visits.by_token(token)
    what = _("Nobody at the desk has greeted them yet.")
    when = _("Arrived %(time)s") % {"time": format_time(visit.arrived_at or visit.created_at)}
    short = directory.surname(visit.visitor_name)
    return Matter("visit", token, visit.visitor_name, visit.visitor_company, short, what, when)


def _call(token: str) -> Matter:
    call = phone.one(token)
    when = _("Missed at %(time)s") % {"time": format_time(call.call_at)}
    what = _("Nobody has called them back yet.")
    return Matter("phone", token, call.shown_number, "", call.masked_number, what, when)


def _message(token: str) -> Matter:
    message = relay.one(token)
    when = _("Taken down at %(time)s") % {"time": format_time(message.recorded_at)}
    short, what = directory.surname(message.from_name), _("Nobody has passed their message on yet.")
    return Matter("relay", token, message.from_name, message.company, short, what, when)


def _volume(token: str) -> Matter:
    volume = volumes.one(token)
    what = _("The full register is handed over to you. Confirm on its page that you have it, or send it back.")
    when = _("Handed over at %(time)s") % {"time": format_time(volume.handed_at)} if volume.handed_at else ""
    return Matter("volume", token, volume.name, "", volume.name, what, when)


def _late_volume(token: str) -> Matter:
    volume = volumes.one(token)
    what = _("Nobody has handed it over to the officer.")
    if volume.status == "handed_over":
        what = _("It is handed over, and the officer has not confirmed that they have it.")
    when = _("Closed on %(date)s") % {"date": format_date(volume.closed_at)}
    what = " ".join((_("It is not filed in time."), what))
    return Matter("overdue", token, volume.name, "", volume.name, what, when)


def _room(key: str) -> Matter:
    room = rooms.room(int(key))
    name, served = room.spoken(language()), room.use.served if room.use else None
    when = _("Served last at %(time)s") % {"time": format_time(served)} if served else ""
    return Matter("room", key, name, "", name, _("The tea has not been refilled."), when)
