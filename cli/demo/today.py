"""Plays today's scene with the desk's own verbs, each at its time, so that alerts and badges follow by themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, cast

from sqlalchemy import update

from cli.demo.people import EMPLOYEES
from cli.demo.ringing import Phone
from cli.demo.scene import ABSENCES, GREETED, GUESTS, Absence, Day, Guest
from cli.demo.staff import People
from shared import accounts, alerts, contact_requests, deadlines, directory, notice, presence, rooms, visits
from shared.accounts import Account
from shared.badges.model import PrintJob
from shared.contact_requests import ContactForm
from shared.directory import PersonView
from shared.lib import clock, db
from shared.lib.actor import SYSTEM, Actor, acting_as
from shared.presence import PresenceForm
from shared.rooms import Drink
from shared.visits import CheckedIn, CheckIn, Expectation, Seat
from shared.visits.forms import HostRef, Purpose

PRINTING = timedelta(seconds=4)
Step = tuple[datetime, Callable[[], None]]


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment`; afterwards it is again what it was before."""
    before = clock.now()
    clock.set_clock(lambda: moment)
    try:
        yield
    finally:
        clock.set_clock(lambda: before)


class Scene:
    """Today at the demo desk, as it stands at `now` (in the site's zone)."""

    def __init__(self, now: datetime, people: People, device: int | None) -> None:
        self.day = Day(now)
        self.hosts = {EMPLOYEES[place].name: person for place, person in people.items()}
        known = {one.person_id: one for one in accounts.accounts() if one.disabled_at is None}
        self.accounts = {name: known[one.id] for name, one in self.hosts.items() if one.id in known}
        self.kiosk = Actor("device", device) if device else SYSTEM
        self.came: dict[str, CheckedIn] = {}
        self.rooms = {room.name: room.id for room in rooms.rooms()}

    def play(self) -> None:
        """Announces whom the day expects, then lets everything happen in its order."""
        guests = [one for one in GUESTS if one.host in self.hosts or one.expected is None]
        self._expect([one for one in guests if one.expected is not None])
        steps = [step for one in guests for step in self._steps(one)]
        steps += Phone(self.day, self.hosts, self._desk()).steps()
        for moment, act in sorted(steps, key=lambda step: step[0]):
            self._tick(moment)
            with clock_at(moment):
                act()
        self._tick(self.day.now)

    @staticmethod
    def _tick(until: datetime) -> None:
        """The clocks go on to `until`, and each stage fires when it comes."""
        while (at := deadlines.soonest()) is not None and at <= until:
            with clock_at(at):
                deadlines.Clockwork().work()

    def away(self) -> None:
        """Some are out, in a meeting or on leave; most have said so themselves."""
        for one in (absence for absence in ABSENCES if absence.name in self.hosts):
            source = "reception" if one.reception else "self"
            account = self.accounts.get("林晓彤" if one.reception else one.name)
            with clock_at(self.day.now), acting_as(_actor(account) if account else SYSTEM):
                presence.set_to(self.hosts[one.name].id, self._absence(one), source=source)

    def _absence(self, one: Absence) -> PresenceForm:
        said: dict[str, object] = {"state": one.state, "note": one.note}
        if one.days is not None:
            said["day"] = self.day.now.date() + timedelta(days=one.days)
        else:
            said["minutes"] = max(1, round((self.day.at(one.minutes) - self.day.now) / timedelta(minutes=1)))
        return PresenceForm.model_validate(said)

    def _expect(self, guests: list[Guest]) -> None:
        with clock_at(min(self.day.at(-100), self.day.now)), acting_as(self._desk()):
            db.write(lambda: self._announce(guests))

    def _announce(self, guests: list[Guest]) -> None:
        tokens = [visits.expect(self._expectation(one))[0].token for one in guests]
        ours = visits.Visit.token.in_(tokens)
        db.connection().execute(update(visits.Visit).where(ours).values(source="demo"))

    def _expectation(self, one: Guest) -> Expectation:
        return Expectation(
            visitor_name=one.name,
            visitor_company=one.company,
            party_size=one.party,
            purpose=cast(Purpose, one.purpose),
            host=self._ref(self.hosts[one.host]),
            expected_at=self.day.agreed(one.expected or 0),
            language=cast(Literal["zh_Hans", "en"], one.language),
        )

    def _steps(self, one: Guest) -> Iterator[Step]:
        if one.arrived is not None:
            yield self.day.at(one.arrived), lambda: self._arrive(one)
            yield min(self.day.at(one.arrived) + PRINTING, self.day.now), lambda: _printed(self.came[one.name].id)
        if one.arrived is not None and one.greeted and self.kiosk.kind == "device":
            yield min(self.day.at(one.arrived + GREETED), self.day.now), lambda: self._greet(one)
        happens = (
            (one.seen, self._see), (one.answered, self._answer), (one.asked, self._ask), (one.met, self._meet),
            (one.seated, self._seat),
            *((minutes, self._serve) for minutes in one.tea), (one.left, self._leave),
        )  # fmt: skip
        for minutes, act in happens:
            if minutes is not None:
                yield self.day.at(minutes), partial(act, one)

    def _arrive(self, one: Guest) -> None:
        host = self.hosts.get(one.host)
        form = CheckIn(
            visitor_name=one.name,
            visitor_company=one.company,
            party_size=one.party,
            purpose=cast(Purpose, one.purpose),
            host=self._ref(host) if host else one.host,
            notice_version=notice.current(one.language).version,
            consent=True,
            language=cast(Literal["zh_Hans", "en"], one.language),
        )
        with acting_as(self.kiosk):
            self.came[one.name] = visits.check_in(form, source="demo")

    def _greet(self, one: Guest) -> None:
        with acting_as(self._desk()):
            visits.greet(self.came[one.name].token)

    def _see(self, one: Guest) -> None:
        """The host looks at the alert."""
        host = self.hosts[one.host]
        with acting_as(self._host(one)):
            alerts.received(host.id, [self._alert(one)], seen=True)

    def _answer(self, one: Guest) -> None:
        host = self.hosts[one.host]
        with acting_as(self._host(one)) as who:
            via = "me" if who.kind == "account" else "link"
            alerts.answer(self._alert(one), host.id, one.answer, one.minutes, via=via)

    def _host(self, one: Guest) -> Actor:
        """Whoever answers: on the own page, or from the link in an e-mail."""
        host, account = self.hosts[one.host], self.accounts.get(one.host)
        return _actor(account) if account else Actor("link", person_id=host.id)

    def _alert(self, one: Guest) -> str:
        asked = alerts.open_for(self.hosts[one.host].id)
        return next(alert.token for alert in asked if alert.visit_id == self.came[one.name].id)

    def _meet(self, one: Guest) -> None:
        token = self.came[one.name].token
        with acting_as(self._desk()):
            if visits.by_token(token).unconfirmed:
                visits.confirm_entry(token)
            visits.admit(token)

    def _seat(self, one: Guest) -> None:
        with acting_as(self._desk()):
            seat = Seat(room=self.rooms[one.room], drink=cast(Drink, one.drink))
            visits.seat(self.came[one.name].token, seat)

    def _serve(self, one: Guest) -> None:
        """Tea is brought; a day that has just begun has no room for every round."""
        use = rooms.room(self.rooms[one.room]).use
        served = use.served if use else None
        if served is None or clock.now() - served >= rooms.AGAIN:
            with acting_as(self._desk()):
                rooms.serve(self.rooms[one.room])

    def _leave(self, one: Guest) -> None:
        with acting_as(self._desk()):
            visits.depart(self.came[one.name].token, how="console", badge_returned=one.badge_back)

    def _ask(self, one: Guest) -> None:
        """They want their host's number; reception declines, and passes on what there is to say."""
        with acting_as(self._desk()):
            form = ContactForm(wanted="phone", outcome="declined_relayed")
            contact_requests.note(self.hosts[one.host], form, visit=visits.by_token(self.came[one.name].token))

    def _desk(self) -> Actor:
        """Whoever sits at the desk."""
        account = self.accounts.get("林晓彤")
        return _actor(account) if account else SYSTEM

    @staticmethod
    def _ref(person: PersonView) -> HostRef:
        return HostRef(ref=directory.ref_of(person))


@db.act
def _printed(visit_id: int) -> None:
    """The badge came out; a demo that starts prints nothing."""
    mine = (PrintJob.visit_id == visit_id, PrintJob.state == "queued")
    out = {"state": "printed", "attempts": 1, "sent_at": db.act_time(), "finished_at": db.act_time()}
    db.connection().execute(update(PrintJob).where(*mine).values(out))


def _actor(account: Account) -> Actor:
    return Actor("account", account.id, account.name, account.roles, account.person_id)
