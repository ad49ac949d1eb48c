"""What is held about one visitor, visit by visit, in words and with the day on which it is erased (procedure 4.1).

Of others it says no more than the visitor knows: whom they came to see, whom they left a message for or asked about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared import contact_requests, relay, roll_call, visits
from shared.lib import i18n
from shared.lib.i18n import _
from shared.privacy.facts import Fact, day_of, facts_of, moment_of
from shared.privacy.keeping import kept
from shared.relay import RelayView
from shared.visits import Own, VisitView


@dataclass(frozen=True, slots=True)
class Part:
    """Several facts of one kind."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Everything about one visit; `kept` says of each kind until when."""

    own: Own
    facts: tuple[Fact, ...]
    kept: tuple[Fact, ...]
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """Its number and its day."""
        visit = self.own.visit
        moment = visit.arrived_at or visit.expected_at or visit.created_at
        return " · ".join(filter(None, (visit.reg_no, day_of(moment))))


More = Callable[[VisitView], Iterable[Part]]  # what only a face can put in words


def holdings(token: str, more: More = lambda _visit: ()) -> list[Holding]:
    """All visits of the visitor of this one, the newest first."""
    return [_holding(one, more) for one in visits.own(token)]


def _holding(own: Own, more: More) -> Holding:
    visit = own.visit
    parts = (
        Part(_("Messages"), _messages(visit)),
        Part(_("Asked for contact details"), _requests(visit)),
        Part(_("Roll calls"), _roll_calls(visit)),
        *more(visit),
    )
    return Holding(own, facts_of(own), tuple(kept(own)), tuple(part for part in parts if part.facts))


def _messages(visit: VisitView) -> tuple[Fact, ...]:
    return tuple(Fact(moment_of(one.recorded_at), _message(one)) for one in relay.of_visit(visit.id))


def _message(one: RelayView) -> str:
    to = one.to
    sender = _(", ").join(filter(None, (one.from_name, one.company, one.call_back)))
    said = (
        _("for %(name)s") % {"name": to.spoken(i18n.language())} if to else "",
        _("from %(name)s") % {"name": sender},
        one.message,
        _("reply: %(words)s") % {"words": one.reply_summary} if one.reply_summary else "",
        one.state,
    )
    return "\n".join(filter(None, said))


def _requests(visit: VisitView) -> tuple[Fact, ...]:
    def words(one: contact_requests.RequestView) -> str:
        about = one.person.spoken(i18n.language()) if one.person else ""
        return _(", ").join(filter(None, (about, one.way, one.words)))

    return tuple(Fact(moment_of(one.asked_at), words(one)) for one in contact_requests.of_visit(visit.id))


def _roll_calls(visit: VisitView) -> tuple[Fact, ...]:
    def words(drill: bool, state: str) -> str:
        return _(", ").join((_("Drill") if drill else _("Roll call"), roll_call.state_name(state)))

    lines = roll_call.lines_of(f"visit:{visit.token}")
    return tuple(Fact(moment_of(call.started_at), words(call.drill, state)) for call, state in lines)
