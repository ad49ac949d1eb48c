"""How badges take part in the desk: who reacts, what is ready, and what the faces ask the render process for."""

from shared import company, journal, visits
from shared.badges import acts, printing
from shared.badges.render import shared_renderer
from shared.badges.wearer import facts_of

PREVIEW_DPI = 150


def join() -> None:
    """A badge is queued with the check-in, dropped with the departure; the printer wakes after the commit."""
    journal.within("visits.checked_in", acts.checked_in)
    for action in ("visits.departed", "visits.cancelled"):
        journal.within(action, acts.ended)
    journal.after_commit(printing.heard)


def ready() -> dict[str, bool]:
    """Whether the print queue is at work; a printer without paper is told on the cards, not here."""
    return {"printer": printing.alive()}


def picture(data: bytes) -> bytes:
    """An uploaded photo or signature as we keep it. Raises Invalid with a sentence for the person."""
    return shared_renderer().picture(data)


def preview(visit_id: int) -> bytes:
    """The badge of a visit as a PNG. Raises NotFound, or RenderFailed when it cannot be drawn."""
    renderer = shared_renderer()
    facts = facts_of(visits.one(visit_id))
    return renderer.png(renderer.pdf(facts, company.facts().badge_size), PREVIEW_DPI)
