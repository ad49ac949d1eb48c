"""On one's own page and behind the link of an e-mail: a quiet call, loud until it is answered, and who else comes."""

from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from shared import alerts, quiet_calls
from shared.alerts import AlertView
from shared.lib import i18n, web
from shared.lib.i18n import _, format_time
from shared.quiet_calls import QuietView


@dataclass(frozen=True, slots=True)
class Quiet:
    """A call by which somebody is called, what they read, and what has been said."""

    alert: AlertView
    call: QuietView

    @property
    def token(self) -> str:
        return self.alert.token

    @property
    def rings(self) -> bool:
        """Whether they have said nothing yet."""
        return not self.said

    @property
    def said(self) -> tuple[str, ...]:
        """What they have said themselves."""
        return tuple(one.says for one in self.call.answers if one.person_id == self.alert.person_id)

    @property
    def others(self) -> list[str]:
        """What the others have said, in sentences."""
        values = [(one.at, one.person, one.words) for one in self.call.answers if one.person_id != self.alert.person_id]
        return [f"{format_time(at)} {person.spoken(i18n.language())} {words}" for at, person, words in values if person]

    @property
    def at(self) -> str:
        return format_time(self.call.begun_at)

    @property
    def title(self) -> str:
        return _("Drill: quiet call") if self.call.drill else _("Quiet call")

    @property
    def words(self) -> str:
        return quiet_calls.words()

    @property
    def place(self) -> str:
        return quiet_calls.place()


def quiet(person_id: int) -> tuple[Quiet, ...]:
    """The calls by which somebody is called now; there is hardly ever more than one."""
    return tuple(_of(one) for one in alerts.quiet_alerts(person_id))


def over(alert: AlertView) -> str:
    """That a call is over, in a sentence."""
    call = _of(alert).call
    values = {"time": format_time(call.begun_at)}
    if call.false_alarm:
        return _("The quiet call of %(time)s was a false alarm.") % values
    return _("The quiet call of %(time)s is over.") % values


def link_page(signed: str, alert: AlertView, ended: str) -> ResponseReturnValue:
    """The page of a link: the two answers there are, or that it is over (410)."""
    page = web.render("console/quiet_link.html", one=_of(alert), signed=signed, over=over(alert) if ended else "")
    return page, 410 if ended else 200


def _of(alert: AlertView) -> Quiet:
    return Quiet(alert, quiet_calls.one(alert.subject.partition(":")[2]))
