"""A departure that is undone gives the badge back as it was."""

from shared import visits
from shared.badges import queue
from shared.badges.drivers import PrinterError
from shared.lib.actor import Actor, acting_as
from shared.visits import CheckedIn
from tests.cast import checks_in
from tests.shared.badges.test_queue import desk, rows, sees, taken

__all__ = ["desk"]
LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


def goes(visit: CheckedIn) -> int:
    with acting_as(LIN):
        return visits.depart(visit.token, how="console").seq


def comes_back(left: int) -> None:
    with acting_as(LIN):
        visits.undo(left)


def test_a_departure_that_is_undone_gives_the_badge_back(desk: None) -> None:
    visit, other = checks_in(), checks_in()
    queue.refused(taken(), PrinterError("offline"))
    goes(other)
    left = goes(visit)
    assert [job.state for job in rows()] == ["cancelled", "cancelled"]
    comes_back(left)
    mine, others = rows()
    assert (mine.state, mine.finished_at) == ("queued", None)
    assert others.state == "cancelled", "somebody else's badge is not printed"
    assert taken().visit_id == visit.id, "it is due at once"
    assert queue.claim("two") is None


def test_a_badge_that_was_printed_or_failed_is_as_it_was_after_undo(desk: None) -> None:
    printed, failed = checks_in(), checks_in()
    queue.printed(taken())
    queue.refused(taken(), PrinterError("wrong-label", permanent=True))
    for visit in (printed, failed):
        comes_back(goes(visit))
    assert [job.state for job in rows()] == ["printed", "failed"]


def test_a_badge_that_was_being_drawn_is_given_back_whenever_its_worker_notices(desk: None) -> None:
    for late in (False, True):
        visit = checks_in()
        job = taken()
        left = goes(visit)
        if late:
            comes_back(left)
            queue.cancelled(job)
        else:
            queue.cancelled(job)
            assert sees(visit).state == "cancelled"
            comes_back(left)
        assert sees(visit).state == "queued"
        again = taken()
        assert again.visit_id == visit.id
        queue.printed(again)
