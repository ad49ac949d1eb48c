"""A quiet call rings on the page of everybody who was chosen, and in their mailbox, until it is over."""

from datetime import timedelta

from shared import directory, journal, quiet_calls
from shared.alerts import mail, summons
from shared.alerts.letter import of_quiet_end
from shared.alerts.views import AlertView, alert_view
from shared.journal import Event

KIND = "quiet"
GOOD_FOR = timedelta(minutes=30)
ENDS = ("quiet_calls.ended", "quiet_calls.false_alarm", "quiet_calls.renewed", "quiet_calls.lapsed")


def called(event: Event) -> None:
    """Everybody at once, on every way."""
    summons.summon(KIND, event.subject, event.data["people"], event.at)


def answered(event: Event) -> None:
    """Whoever is called as well reads who comes, and that the police is on its way."""
    for row in summons.live(KIND, event.subject):
        if row.person_id != event.person_id:
            journal.record("alerts.quiet_news", event.subject, person_id=row.person_id)


def over(event: Event) -> None:
    """Nobody is needed any more; a false alarm is told by e-mail too, for who is running already."""
    people = [row.person_id for row in summons.live(KIND, event.subject)]
    summons.dismiss(KIND, event.subject, event.at)
    if event.action != "quiet_calls.false_alarm":
        return
    for person_id in people:
        address = directory.contact(person_id).email
        if address:
            mail.send_mail(address, *of_quiet_end(person_id, drill=event.data["drill"]), good_for=GOOD_FOR)


def quiet_alerts(person_id: int) -> list[AlertView]:
    """By which call somebody is called now."""
    return [alert_view(one) for one in summons.mine(KIND, person_id)]


def quiet_called(subject: str) -> list[AlertView]:
    """Everybody who was called, and whether they have seen it."""
    return [alert_view(one, ways) for one, ways in summons.about(KIND, subject)]


def rings(subject: str) -> bool:
    """Whether anybody is called by it at this moment. Only inside an act."""
    return bool(summons.live(KIND, subject))


def says(subject: str, person_id: int, answer: str) -> None:
    """Keeps what somebody answered."""
    quiet_calls.answer(subject.partition(":")[2], person_id, answer)


def join() -> None:
    """Calls follow from what the desk does, in the same transaction."""
    journal.within("quiet_calls.begun", called)
    for action in quiet_calls.SAYS:
        journal.within(f"quiet_calls.{action}", answered)
    for action in ENDS:
        journal.within(action, over)
    quiet_calls.ring_with(rings)


__all__ = ["KIND", "join", "quiet_alerts", "quiet_called", "says"]
