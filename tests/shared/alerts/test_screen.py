"""The person's own page as a channel: what reception reads about it is true."""

from shared import alerts
from shared.alerts import screen
from shared.lib import clock, i18n
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock


def said(visit_id: int) -> list[str]:
    with i18n.use("en"):
        return [one.sentence for one in alerts.for_visits([visit_id])[visit_id] if one.channel == "screen"]


def rounds() -> None:
    due = screen.next_due()
    if due is not None and due <= clock.now():
        screen.work()


def test_without_a_page_reception_reads_so_and_it_stays_queued(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    rounds()
    assert said(done.id) == ["Calling the page"], "a page that is being opened gets two seconds"
    time.moves(seconds=2)
    rounds()
    assert said(done.id) == ["Page: no page open"]
    [one] = [one for one in alerts.open_for(cast.host.id)[0].deliveries if one.channel == "screen"]
    assert (one.state, one.failed) == ("queued", True)
    assert screen.next_due() is None, "nothing turns over and over"


def test_a_page_that_opens_later_makes_it_good(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    time.moves(seconds=5)
    rounds()
    [alert] = alerts.open_for(cast.host.id)
    assert alerts.received(cast.host.id, [alert.token], seen=False) == 1
    assert said(done.id) == ["Page 10:26 delivered"]


def test_an_open_page_is_called_shows_it_and_is_seen(cast: Cast, time: Clock) -> None:
    screen.pages_with(lambda person_id: person_id == cast.host.id)
    done, other = checks_in(cast.host), checks_in(cast.other)
    rounds()
    assert said(done.id) == ["Page 10:26 called"]
    [alert] = alerts.open_for(cast.host.id)
    time.moves(minutes=1)
    alerts.received(cast.host.id, [alert.token], seen=False)
    assert said(done.id) == ["Page 10:27 delivered"]
    time.moves(minutes=1)
    alerts.received(cast.host.id, [alert.token], seen=True)
    assert said(done.id) == ["10:28 seen, not answered"]
    assert alerts.received(cast.host.id, [alert.token], seen=True) == 0, "the same news again is no news"
    rounds()
    assert said(other.id) == ["Page: no page open"]


def test_a_page_that_asks_without_a_socket_counts_as_open(cast: Cast, time: Clock) -> None:
    screen.page_asked(cast.host.id)
    assert screen.page_open(cast.host.id)
    assert not screen.page_open(cast.other.id)
    time.moves(seconds=11)
    assert not screen.page_open(cast.host.id)


def test_nobody_marks_the_alert_of_another(cast: Cast) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    assert alerts.received(cast.other.id, [alert.token], seen=True) == 0
    assert said(done.id) == ["Calling the page"]
