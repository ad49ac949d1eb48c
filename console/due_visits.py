"""What Due now says about visits: somebody is to be greeted, a host has not answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from console.due import Said, describe_with
from shared import directory, visits
from shared.deadlines import Due
from shared.lib import clock, i18n
from shared.lib.i18n import _, format_time
from shared.visits import VisitView

Mask = Callable[[str], str]


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T01 and T02, by their ids; a visit that has ended has none."""
    mask: Mask = directory.shortened if masked else str
    known = visits.many({due.visit_id for due in running if due.visit_id is not None})
    said = {due.id: _one(due, known[due.visit_id], mask) for due in running if due.visit_id in known}
    return {key: row for key, row in said.items() if row is not None}


def _one(due: Due, visit: VisitView, mask: Mask) -> Said | None:
    if due.key == "T01":
        address = f"/console/visits/{visit.token}/greeting"
        return Said(mask(visit.visitor_name), _("Greet"), due.clock.button, address, {}, visit=visit.token)
    return _silent(due, visit, mask) if due.key == "T02" else None


def _silent(due: Due, visit: VisitView, mask: Mask) -> Said:
    """The host has not answered: reception notes what they say on the phone, and once it is late tells the visitor."""
    host = visit.host
    who = mask(host.spoken(i18n.language())) if host else mask(visit.host_text)
    about = _("no answer, %(visitor)s waits") % {"visitor": mask(visit.visitor_name)}
    if clock.now() > due.breach:
        address = f"/console/visits/{visit.token}/update"
        return Said(who, about, due.clock.button, address, {}, visit=visit.token)
    address = f"/console/visits/{visit.token}/host-answer"
    return Said(who, about, _("Host is coming"), address, {"answer": "coming"}, _next(due, mask), visit.token)


def _next(due: Due, mask: Mask) -> str:
    """Who is asked next, and when."""
    deputy = directory.deputy_of(due.person_id) if due.person_id is not None else None
    step = next((step for step in due.clock.ladder if step.what == "deputy"), None)
    if deputy is None or step is None:
        return ""
    at = due.starts + timedelta(seconds=due.clock.seconds_of(step))
    if at <= clock.now():
        return ""
    return _("%(time)s %(name)s is asked") % {"time": format_time(at), "name": mask(deputy.spoken(i18n.language()))}


def join() -> None:
    """Due now speaks of visits."""
    describe_with("visit", describe)
