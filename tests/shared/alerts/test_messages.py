"""A1.7b, A1.8: a message rings on page and mailbox until it is confirmed; the e-mail holds no word of it."""

import pytest

import app
from shared import alerts, relay
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock, Office, letters
from tests.shared.visits.test_absent import leaves

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def joined(cast: Cast) -> None:
    app.join()


def test_a1_8_the_e_mail_says_who_and_where_to_read_it_and_no_more(office: Office, cast: Cast, time: Clock) -> None:
    message = leaves(checks_in(cast.host).token, company="深蓝物联", reply_required=True)
    letters().work()
    letter = office.letters[-1]
    said = str(letter["Subject"]) + str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "陈**" in said
    assert "深蓝物联" in said
    for hidden in ("陈嘉豪", "样品", "1381234"):
        assert hidden not in said
    link = next(line for line in said.splitlines() if "/a/message/" in line)
    assert alerts.read_message(link.rpartition("/")[2].strip()) == (message.token, cast.host.id)


def test_a1_7b_told_again_on_every_channel_when_nobody_could_be_spoken_to(office: Office, cast: Cast) -> None:
    message = leaves(checks_in(cast.host).token)
    letters().work()
    before = len(office.letters)
    for channel in ("extension", "mobile"):
        relay.attempt(message.token, channel, "no_answer")
    letters().work()
    assert len(office.letters) == before + 1


def test_a1_7b_a_seen_page_is_told_to_reception_and_counts_for_nothing(cast: Cast) -> None:
    message = leaves(checks_in(cast.host).token)
    [alert] = alerts.open_messages(cast.host.id).values()
    alerts.received(cast.host.id, [alert.token], seen=True)
    screen = next(way for way in alerts.ways_of(f"relay:{message.token}") if way.channel == "screen")
    assert screen.state == "seen"
    assert relay.one(message.token).notified_at is None


def test_a_message_is_no_visitor_who_waits(cast: Cast) -> None:
    leaves(checks_in(cast.host).token)
    assert alerts.open_for(cast.host.id) == []
    assert alerts.lately_over(cast.host.id) == []


def test_whoever_was_asked_as_well_is_left_alone_once_it_is_confirmed(cast: Cast, time: Clock) -> None:
    from shared.deadlines import Clockwork

    message = leaves(checks_in(cast.host).token, urgency="urgent")
    time.moves(minutes=16)
    while Clockwork().work():
        pass
    assert alerts.open_messages(cast.other.id)
    relay.confirm(message.token, "page", person_id=cast.host.id)
    assert not alerts.open_messages(cast.other.id)
    assert alerts.last_seq(cast.other.id) > 0
