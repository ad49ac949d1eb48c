"""Lin at the desk, and two who stand in for her when she does not greet or refill in time."""

from dataclasses import dataclass

from shared import accounts, alerts, directory, journal, rooms, visits
from shared.alerts import AlertView
from shared.deadlines import Clockwork
from shared.directory import PersonView
from shared.lib.actor import Actor, acting_as
from shared.visits import Seat
from tests.cast import Cast, House, built, checks_in
from tests.shared.alerts.conftest import Clock


@dataclass
class Desk:
    """Lin at the desk, and the rooms; `zhou` and `fang` stand in for her."""

    house: House
    lin: Actor
    zhou: PersonView
    fang: PersonView
    accounts: dict[int, accounts.Account]

    def actor(self, person: PersonView) -> Actor:
        made = self.accounts[person.id]
        return Actor("account", made.id, made.name, made.roles, person.id)


def signs_up(name: str, person: PersonView | None, *roles: str, language: str = "") -> accounts.Account:
    given = {"name": name, "person_id": person.id if person else None, "roles": roles, "language": language}
    return accounts.add_account(accounts.NewAccount.model_validate(given), password_hash="known")


def opened() -> Desk:
    """The desk with its rooms and accounts."""
    made = signs_up("林晓彤", None, "receptionist")
    department = directory.departments()[0].token
    zhou, fang = (
        directory.add_person(directory.PersonForm(name=name, department=department, email=f"{mail}@example.com"))
        for name, mail in (("周雨欣", "zhou"), ("方志远", "fang"))
    )
    known = {
        zhou.id: signs_up("周雨欣", zhou, "backup_receptionist"),
        fang.id: signs_up("方志远", fang, "backup_receptionist", language="en"),
    }
    return Desk(built(), Actor("account", made.id, made.name, made.roles), zhou, fang, known)


def later(time: Clock, **by: float) -> None:
    time.moves(**by)
    while Clockwork().work():
        pass


def called(person: PersonView) -> list[AlertView]:
    return alerts.backup_calls(person.id)


def told(subject: str) -> list[tuple[str, int | None]]:
    """What the history says about the backup, in order."""
    happened = [event for event in journal.about(subject) if event.topic == "alerts"]
    return [(event.action.partition(".")[2], event.person_id) for event in happened]


def has_tea(desk: Desk, cast: Cast, by: Actor | None = None) -> str:
    """A visitor sits in the bamboo room and was served a moment ago; gives the visit's token."""
    token = checks_in(cast.host).token
    with acting_as(desk.lin):
        visits.seat(token, Seat(room=desk.house.zhu))
    with acting_as(by or desk.lin):
        rooms.serve(desk.house.zhu)
    return token
