"""What a visitor may know about their own visit: number, pass, badge, and the host's answer in words."""

from typing import Any

from shared import alerts, badges
from shared.lib import i18n
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.visits import VisitView, by_pass


def visit_of(visit_pass: str) -> VisitView:
    """The visit a pass opens; NotFound says no more than that."""
    visit = by_pass(visit_pass) if 20 <= len(visit_pass) <= 64 else None
    if visit is None:
        raise NotFound(_("This pass is not known."))
    return visit


def host_name(visit: VisitView) -> str:
    """The host as this visitor knows them; empty on the neutral screen."""
    return visit.host.spoken(i18n.language()) if visit.host and not visit.neutral else ""


def answer_of(visit: VisitView) -> dict[str, Any] | None:
    """The host's answer, in the visitor's language; never a reason, and the same words when the host is not there."""
    answered, at = visit.host_answer, visit.host_answered_at
    if answered is None and visit.host_absent and not visit.neutral:
        answered, at = "cannot", visit.arrived_at
    if answered is None or at is None or (visit.neutral and answered == "cannot"):
        return None  # whoever wrote a name down does not learn that it is somebody's who will not come
    return {
        "kind": answered,
        "text": alerts.visitor_sees(answered, visit.host_minutes, host_name(visit)),
        "minutes": visit.host_minutes,
        "at": at.isoformat(),
        "due_at": visit.answer_due.isoformat() if visit.answer_due else None,
    }


def state_of(visit: VisitView) -> dict[str, Any]:
    """Everything the done screen and the visitor's page refetch."""
    with i18n.use(visit.language):
        answer = answer_of(visit) if visit.on_site else None  # a badge in the box names nobody
        return {
            "state": "arrived" if visit.neutral and visit.state == "absent_host" else visit.state,
            "answer": answer,
            "steps": alerts.steps(visit.id) if answer or not visit.neutral else [],
            "badge": {"number": visit.badge, **badges.state_for_visitor(visit.id)},
        }
