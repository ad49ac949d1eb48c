"""What is known of calls beside the columns of the book: how far a message is, and who asked for contact data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared import contact_requests, relay
from shared.contact_requests import RequestView
from shared.lib import i18n
from shared.lib.i18n import _
from shared.relay import RelayView


@dataclass(frozen=True, slots=True)
class Beside:
    """The messages and the requests of one call, oldest first."""

    messages: Sequence[RelayView]
    requests: Sequence[RequestView]

    @property
    def words(self) -> str:
        """All of it in one line; empty when there is nothing."""
        messages = [_("message: %(state)s") % {"state": one.state} for one in self.messages]
        return _("; ").join([*messages, *(_asked(one) for one in self.requests)])


def of(calls: Mapping[int, str]) -> dict[int, Beside]:
    """By the keys of calls, given with their public ids."""
    messages = relay.about(f"phone:{token}" for token in calls.values())
    requests = contact_requests.of_calls(calls)
    return {key: Beside(messages.get(f"phone:{token}", []), requests.get(key, [])) for key, token in calls.items()}


def _asked(one: RequestView) -> str:
    who = one.person.spoken(i18n.language()) if one.person else ""
    return _("asked for contact data of %(who)s, %(way)s: %(words)s") % {"who": who, "way": one.way, "words": one.words}
