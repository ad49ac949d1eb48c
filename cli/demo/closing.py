"""What an earlier day of the demo left open is ended: visitors have left at night, rooms are cleared, calls settled."""

from datetime import datetime, timedelta

from sqlalchemy import update

from cli.demo.scene import Day
from cli.demo.today import clock_at
from shared import phone, relay, rooms, visits
from shared.lib import db
from shared.relay import RelayView
from shared.visits import VisitView

TOLD = "已答复"


def close_earlier(now: datetime) -> None:
    """Ends what an earlier scene left open: who is still here has left at night, who was expected did not come, who
    was missed was called back, and whoever left a message has their reply.
    """
    start = Day(now).start
    closing = start - timedelta(seconds=1)
    for visit in _on_site():
        if visit.arrived_at is not None and visit.arrived_at < start:
            with clock_at(max(closing, visit.arrived_at)):
                visits.depart(visit.token, how="auto")
    for room in rooms.rooms():
        if room.clearing is not None and room.clearing.since < start:
            with clock_at(max(closing, room.clearing.since)):
                rooms.clear(room.id, rooms.ALL_DONE)
    for call in phone.waiting():
        with clock_at(max(closing, call.call_at)):
            phone.call_back(call.token, "reached")
    for message in _unfinished():
        with clock_at(max(closing, message.recorded_at)):
            relay.reply(message.token, TOLD)
    with clock_at(closing):
        db.write(lambda: _missed(start))


def _on_site() -> list[VisitView]:
    found, after = visits.page(state="on_site", limit=200)
    while after:
        more, after = visits.page(state="on_site", after=after, limit=200)
        found += more
    return found


def _unfinished() -> list[RelayView]:
    """Messages that nobody has answered; what is wrong with one waits for whoever puts it right."""
    return [one for one in relay.page("open", limit=200)[0] if one.wrong is None]


def _missed(start: datetime) -> None:
    expected = (visits.Visit.state == "expected", visits.Visit.expected_at < start)
    db.connection().execute(update(visits.Visit).where(*expected).values(state="no_show"))
