"""What Due now says about visits: somebody is to be greeted, a host has not answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from console import due_backup
from console.due import WHO, Later, Said, comes_with, describe_with
from shared import directory, visits, watch_list
from shared.deadlines import Due
from shared.lib import clock, i18n
from shared.lib.i18n import _, format_time
from shared.visits import VisitView

Mask = Callable[[str], str]


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T01 and T02, by their ids; a visit that has ended has none."""
    mask: Mask = directory.shortened if masked else str
    known = visits.many({due.visit_id for due in running if due.visit_id is not None})
    called = due_backup.words(mask)
    said = {due.id: _one(due, known[due.visit_id], mask, called) for due in running if due.visit_id in known}
    return {key: row for key, row in said.items() if row is not None}


def _one(due: Due, visit: VisitView, mask: Mask, called: Mapping[str, str]) -> Said | None:
    if due.key == "T01":
        address = f"/console/visits/{visit.token}/greeting"
        line = _("Greet %(who)s") % {"who": WHO}
        then = called.get(due.subject, "") or next((one.flag for one in watch_list.of_visit(visit.id) if one.holds), "")
        return Said(mask(visit.visitor_name), line, due.clock.button, address, {}, then, visit.token)
    return _silent(due, visit, mask) if due.key == "T02" else None


def _silent(due: Due, visit: VisitView, mask: Mask) -> Said:
    """The host has not answered: reception notes what they say on the phone, and once it is late tells the visitor."""
    host = visit.host
    who = mask(host.spoken(i18n.language())) if host else mask(visit.host_text)
    about = _("silent, %(visitor)s waits") % {"visitor": mask(visit.visitor_name)}
    done = _("has answered") if visit.host_answer else ""
    if clock.now() > due.breach:
        address = f"/console/visits/{visit.token}/update"
        return Said(who, about, due.clock.button, address, {}, visit=visit.token, done=done)
    address = f"/console/visits/{visit.token}/host-answer"
    button, body = _("Is coming"), {"answer": "coming"}
    return Said(who, about, button, address, body, _next(due, mask), visit.token, done or _("has answered"))


def _next(due: Due, mask: Mask) -> str:
    """Who is asked next, and when."""
    deputy = directory.deputy_of(due.person_id) if due.person_id is not None else None
    step = next((step for step in due.clock.ladder if step.what == "deputy"), None)
    if deputy is None or step is None:
        return ""
    at = due.starts + timedelta(seconds=due.clock.seconds_of(step))
    if at <= clock.now():
        return ""
    return _("%(name)s at %(time)s") % {"time": format_time(at), "name": mask(deputy.spoken(i18n.language()))}


def expected(masked: bool) -> list[Later]:
    """Who is expected later today."""
    mask: Mask = directory.shortened if masked else str
    moment, language = clock.now(), i18n.language()
    found = []
    for visit in visits.board().expected.visits:
        if visit.expected_at is not None and visit.expected_at > moment:
            host = visit.host.spoken(language) if visit.host else visit.host_text
            words = _("%(visitor)s comes to see %(host)s") % {"visitor": mask(visit.visitor_name), "host": mask(host)}
            found.append(Later(visit.expected_at, words, f"/console/visits/{visit.token}"))
    return found


def join() -> None:
    """Due now speaks of visits, and of those that are expected."""
    describe_with("visit", describe)
    comes_with(expected)
