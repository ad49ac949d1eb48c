"""How badges take part in the desk: who reacts, what is ready, and what the faces ask the render process for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from shared import company, journal, relay, visits
from shared.badges import acts, erasing, printing, queue, slip, slips
from shared.badges.render import Renderer, RenderFailed, shared_renderer
from shared.badges.wearer import facts_of
from shared.lib.actor import actor
from shared.lib.errors import Conflict, Unavailable
from shared.lib.i18n import _

PREVIEW_DPI = 150
PAPER_SECONDS, PAPER_MEGABYTES = 60.0, 768
PAPER_WAIT = 20.0  # seconds
_one_paper = threading.Lock()
_asking: set[str] = set()
_guard = threading.Lock()


def join() -> None:
    """A badge follows check-in, departure and its undoing; a slip follows a message that nobody took by voice."""
    journal.within("visits.checked_in", acts.checked_in)
    journal.within("clock.followed", queue.moved)
    for action in ("visits.departed", "visits.cancelled"):
        journal.within(action, acts.ended)
    journal.within("visits.undone", acts.undone)
    journal.within("relay.attempted", slips.tried)
    journal.within("visits.erased", erasing.erased)
    journal.within("visits.pictures_erased", erasing.pictures_erased)
    journal.after_commit(printing.heard)


def ready() -> dict[str, bool]:
    """Whether the print queue is at work; a printer without paper is told on the cards, not here."""
    return {"printer": printing.alive()}


def picture(data: bytes) -> bytes:
    """An uploaded photo or signature as we keep it. Raises Invalid with a sentence for the person, or Unavailable."""
    with _told():
        return shared_renderer().picture(data)


def preview(visit_id: int) -> bytes:
    """The badge of a visit as a PNG. Raises NotFound, or Unavailable when it cannot be drawn now."""
    facts, renderer = facts_of(visits.one(visit_id)), shared_renderer()
    with _told():
        return renderer.png(renderer.pdf(facts, company.facts().badge_size), PREVIEW_DPI)


def slip_pdf(token: str) -> bytes:
    """The slip of a message, to be looked at or printed elsewhere. Raises NotFound, or Unavailable."""
    with _told():
        return shared_renderer().document(slip.page(relay.one(token)), slip.style())


def document(html: str, css: str) -> bytes:
    """A page or two of the house as a PDF, in the process that draws badges. Raises Unavailable."""
    with _told():
        return shared_renderer().document(html, css)


def paper(html: str, css: str) -> bytes:
    """Many pages as a PDF, in a process that ends with them: no badge waits for it.

    Raises Conflict while pages are made for the same account, and Unavailable when it is not its turn soon.
    """
    with _told(), _asks_once(actor().ref), _in_turn():
        renderer = Renderer(seconds=PAPER_SECONDS, megabytes=PAPER_MEGABYTES)
        try:
            return renderer.document(html, css)
        finally:
            renderer.stop()


@contextmanager
def _asks_once(who: str) -> Iterator[None]:
    """Whoever asks again and again holds nobody else up."""
    with _guard:
        if who in _asking:
            raise Conflict(_("Pages are being made for you already. Wait for them."), code="paper")
        _asking.add(who)
    try:
        yield
    finally:
        _asking.discard(who)


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _one_paper.acquire(timeout=PAPER_WAIT):
        raise Unavailable(_("Somebody else's pages are being made. Try again in a moment."))
    try:
        yield
    finally:
        _one_paper.release()


@contextmanager
def _told() -> Iterator[None]:
    """A failure of the render process as a sentence."""
    try:
        yield
    except RenderFailed as failed:
        raise Unavailable(_("It could not be drawn just now. Try again in a moment.")) from failed
