"""The phone at the demo desk today: one call is missed, one is for somebody who is not there (procedure 5.3)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import update

from cli.demo.scene import RINGS, Day, Ring
from shared import contact_requests, directory, phone, relay
from shared.contact_requests import ContactForm
from shared.directory import PersonView
from shared.lib import clock, db
from shared.lib.actor import Actor, acting_as
from shared.lib.phone import normalise
from shared.phone import CallForm
from shared.visits.forms import HostRef

PAD = "ringing"


class Phone:
    """Plays the calls of the day with the desk's own verbs."""

    def __init__(self, day: Day, hosts: Mapping[str, PersonView], desk: Actor) -> None:
        self.day, self.hosts, self.desk = day, hosts, desk
        self.messages: dict[str, str] = {}

    def steps(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """What happens, and when."""
        for one in RINGS:
            if not one.wanted:
                yield self.day.at(one.rang), partial(self._miss, one)
            elif one.wanted in self.hosts:
                yield self.day.at(one.saved), partial(self._take, one)
                yield self.day.at(one.not_reached), partial(self._try, one)

    def _take(self, one: Ring) -> None:
        """Reception takes a call for somebody who is not there, and a message."""
        form = CallForm(
            call_at=self.day.at(one.rang), number=one.number, caller_name=one.name, caller_company=one.company, rings=1,
            wanted=HostRef(ref=directory.ref_of(self.hosts[one.wanted])), content=one.words, outcome="absent",
            offer="message", reply_required=True, read_back=True,
        )  # fmt: skip
        with acting_as(self.desk):
            if one.asks:
                declined = ContactForm(wanted="phone", outcome="declined_relayed")
                contact_requests.note(self.hosts[one.wanted], declined, pad=PAD)
            done = phone.take(form)
            contact_requests.written_down(PAD, phone.one(done.token))
        self.messages[one.name] = done.message
        db.write(lambda: _made_up(done.token))

    def _miss(self, one: Ring) -> None:
        """Nobody is at the desk when it rings."""
        with acting_as(self.desk):
            phone.miss(normalise(one.number), clock.now(), rings=6, source="demo")

    def _try(self, one: Ring) -> None:
        """Nobody takes the call."""
        with acting_as(self.desk):
            relay.attempt(self.messages[one.name], "extension", "no_answer")


def _made_up(token: str) -> None:
    db.connection().execute(update(phone.Call).where(phone.Call.token == token).values(source="demo"))
