"""The print queue: a badge is queued with the check-in or not at all, and printed again only for a reason."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shared import badges, company, journal, notice, visits
from shared.badges import queue
from shared.badges.drivers import Outcome, PrinterError
from shared.badges.model import PrintJob
from shared.badges.queue import Claimed, Lost
from shared.lib import clock, db
from shared.lib.config import settings
from shared.lib.errors import Conflict, Invalid, NotFound
from shared.visits import CheckedIn
from tests.cast import checks_in, people


@pytest.fixture
def desk(database: str) -> None:
    notice.publish()
    people()
    badges.join()


def rows() -> list[PrintJob]:
    with db.reading() as session:
        return list(session.scalars(select(PrintJob).order_by(PrintJob.id)))


def taken(worker: str = "one") -> Claimed:
    job = queue.claim(worker)
    assert job is not None
    return job


def later(seconds: float) -> None:
    at = clock.now() + timedelta(seconds=seconds)
    clock.set_clock(lambda: at)


def actions(visit: CheckedIn) -> list[str]:
    return [event.action for event in journal.about(f"visit:{visit.token}") if event.topic == "badges"]


def sees(visit: CheckedIn) -> Any:
    return badges.for_visits([visit.id])[visit.id]


def test_a_check_in_queues_one_badge_under_a_name_that_says_nothing_about_the_person(desk: None) -> None:
    visit = checks_in()
    (job,) = rows()
    assert (job.visit_id, job.state, job.subject) == (visit.id, "queued", f"visit:{visit.token}")
    assert job.job_name.endswith(f"_V001_{visit.reg_no}")
    assert "陈" not in repr(vars(job))
    assert sees(visit).state == "queued"


def test_a_check_in_that_is_undone_leaves_no_badge(desk: None) -> None:
    @db.act
    def register() -> None:
        checks_in()
        raise Conflict("no")

    with pytest.raises(Conflict):
        register()
    assert rows() == []


@pytest.mark.parametrize("off", ["setting", "printer"])
def test_without_a_printer_nothing_is_queued(desk: None, monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    if off == "printer":
        monkeypatch.setenv("DESK_PRINTER", "none:")
        settings.cache_clear()
    else:
        company.change(company.facts().model_copy(update={"badge_printing": False}))
    visit = checks_in()
    assert rows() == []
    assert badges.for_visits([visit.id]) == {}
    assert badges.state_for_visitor(visit.id)["state"] == "from-desk"


def test_one_worker_has_a_job_until_its_lease_ends(desk: None) -> None:
    checks_in()
    first = taken("one")
    assert queue.claim("two") is None
    later(queue.LEASE.total_seconds() + 1)
    second = taken("two")
    assert second.id == first.id
    with pytest.raises(Lost):
        queue.begin(first, "folder:x")
    queue.begin(second, "folder:x")
    with pytest.raises(Lost):
        queue.printed(first)
    queue.printed(second)
    assert rows()[0].state == "printed"


def test_what_a_dead_process_held_is_due_at_once_for_the_only_process(desk: None) -> None:
    checks_in()
    dead = taken()
    queue.release()
    assert taken("two").id == dead.id


def test_badges_are_printed_in_the_order_in_which_people_came(desk: None) -> None:
    came = [checks_in().id for _ in range(3)]
    assert [taken(worker).visit_id for worker in "abc"] == came


def test_a_printed_badge_is_told_once(desk: None) -> None:
    visit = checks_in()
    job = taken()
    queue.begin(job, "folder:x")
    assert badges.state_for_visitor(visit.id)["state"] == "sending"
    queue.printed(job)
    assert actions(visit) == ["badges.printed"]
    assert queue.next_due() is None
    assert badges.state_for_visitor(visit.id)["state"] == "printed"


def test_a_fault_that_may_pass_is_told_once_and_tried_again_with_longer_pauses(desk: None) -> None:
    visit = checks_in()
    pauses = []
    for _ in range(7):
        job = taken()
        queue.refused(job, PrinterError("out-of-paper", "media-empty"))
        due = queue.next_due()
        assert due is not None
        pauses.append(round((due - clock.now()).total_seconds()))
        later(pauses[-1] + 0.01)
    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    assert actions(visit) == ["badges.delayed"]
    assert sees(visit).delayed
    assert sees(visit).text == "访客证没纸了。"
    assert badges.state_for_visitor(visit.id)["state"] == "from-desk"
    trouble = badges.trouble()
    assert trouble is not None and trouble.waiting == 1


def test_one_fault_holds_back_all_that_wait_for_the_printer_and_one_badge_frees_them(desk: None) -> None:
    came = [checks_in() for _ in range(3)]
    queue.refused(taken(), PrinterError("offline"))
    assert queue.claim("two") is None
    trouble = badges.trouble()
    assert trouble is not None and trouble.waiting == 3
    assert [actions(visit) for visit in came] == [["badges.delayed"]] * 3
    later(1.01)
    job = taken()
    queue.begin(job, "folder:x")
    queue.printed(job)
    assert {taken("a").visit_id, taken("b").visit_id} == {came[1].id, came[2].id}


def test_a_fault_that_does_not_pass_ends_it_with_the_printers_own_words(desk: None) -> None:
    visit = checks_in()
    queue.refused(taken(), PrinterError("wrong-label", "62x100", permanent=True))
    assert actions(visit) == ["badges.failed"]
    assert sees(visit).state == "failed"
    assert sees(visit).text.endswith("(62x100)")
    assert queue.next_due() is None


def test_after_half_an_hour_a_fault_is_not_waited_for_any_longer(desk: None) -> None:
    visit = checks_in()
    later(queue.GIVE_UP.total_seconds() + 1)
    queue.refused(taken(), PrinterError("offline"))
    assert sees(visit).state == "failed"


def test_a_badge_the_printer_holds_is_asked_about_and_never_sent_again(desk: None) -> None:
    visit = checks_in()
    job = taken()
    queue.begin(job, "ipp://x")
    queue.held(job, Outcome(done=False, reason="door-open", says="cover-open"))
    assert (sees(visit).state, sees(visit).delayed) == ("sending", True)
    later(queue.LOOK_AGAIN.total_seconds() + 0.01)
    again = taken()
    assert (again.state, again.sent_at is not None, again.printer) == ("sending", True, "ipp://x")


def test_who_leaves_before_the_badge_is_printed_gets_none(desk: None) -> None:
    visit, other = checks_in(), checks_in()
    visits.depart(visit.token, how="console")
    assert [job.state for job in rows()] == ["cancelled", "queued"]
    assert taken().visit_id == other.id


def test_a_badge_is_printed_again_for_a_reason_only(desk: None) -> None:
    visit = checks_in()
    with pytest.raises(Conflict):
        badges.reprint(visit.token, "damaged")
    queue.printed(taken())
    for reason in ("", "because"):
        with pytest.raises(Invalid) as refused:
            badges.reprint(visit.token, reason)
        assert list(refused.value.fields) == ["reason"]
    done = badges.reprint(visit.token, "damaged")
    first, second = rows()
    assert (second.id, second.reprint_of, second.reprint_reason) == (done.job, first.id, "damaged")
    assert second.job_name == f"{first.job_name}_2"
    assert actions(visit) == ["badges.printed", "badges.reprinted"]
    assert sees(visit).state == "queued"


def test_nothing_is_printed_for_a_visit_that_is_over_or_was_never(desk: None) -> None:
    visit = checks_in()
    queue.printed(taken())
    visits.depart(visit.token, how="console")
    with pytest.raises(Conflict):
        badges.reprint(visit.token, "lost")
    with pytest.raises(NotFound):
        badges.reprint("nobody", "lost")


def test_reception_decides_what_became_of_a_badge_nobody_knows_about(desk: None) -> None:
    seen, missing = checks_in(), checks_in()
    for _ in range(2):
        job = taken()
        queue.begin(job, "ipp://x")
        queue.unknown(job)
    assert sees(seen).state == "unknown"
    badges.printed_after_all(seen.token)
    assert actions(seen) == ["badges.unknown", "badges.printed"]
    with pytest.raises(Conflict):
        badges.printed_after_all(seen.token)
    badges.reprint(missing.token, "not_out")
    assert sees(missing).state == "queued"
    assert taken().visit_id == missing.id
