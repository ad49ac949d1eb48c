"""The queue of what is to be sent: claimed with a lease, marked by the one who holds it."""

from shared import alerts
from shared.alerts import queue
from shared.alerts.queue import EMAIL, claim
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock, Office


def test_two_senders_never_take_the_same_letter(office: Office, cast: Cast, time: Clock) -> None:
    for _ in range(5):
        checks_in(cast.host)
    first, second = claim(EMAIL, "one", 3), claim(EMAIL, "two", 10)
    assert len(first) == 3 and len(second) == 2
    assert not {row.id for row in first} & {row.id for row in second}
    queue.sent(EMAIL, second[0], "<x>")
    queue.release(EMAIL, "one")
    assert len(claim(EMAIL, "two", 10)) == 3, "what was sent is not due, what was given back is"


def test_a_mark_that_comes_after_the_lease_changes_nothing(office: Office, cast: Cast, time: Clock) -> None:
    checks_in(cast.host)
    [late] = claim(EMAIL, "one")
    time.moves(seconds=61)
    [held] = claim(EMAIL, "two")
    queue.failed(EMAIL, late, queue.NotSent("busy"))
    assert claim(EMAIL, "three") == [], "the second one still holds it"
    queue.sent(EMAIL, held, "<x>")
    assert next(one for one in alerts.open_for(cast.host.id)[0].deliveries if one.channel == "email").state == "sent"
