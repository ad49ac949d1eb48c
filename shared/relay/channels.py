"""Which way to try next (procedure O3, O4), by where the person is and what was tried already."""

from collections.abc import Iterable

from shared import directory, presence
from shared.lib.i18n import _, lazy
from shared.relay.model import FAILURES, VOICE

ENOUGH = 2  # voice failures, after which it is written down
NAMES = {
    "in_person": lazy("in person"),
    "extension": lazy("extension"),
    "mobile": lazy("mobile"),
    "via_colleague": lazy("through a colleague"),
    "im": lazy("instant message"),
    "sms": lazy("text message"),
    "email": lazy("e-mail"),
    "paper_slip": lazy("paper slip"),
    "page": lazy("own page"),
}
RESULT_NAMES = {
    "reached": lazy("reached"),
    "delivered_written": lazy("left in writing"),
    "no_answer": lazy("no answer"),
    "busy": lazy("busy"),
    "off": lazy("switched off"),
    "refused": lazy("did not take it"),
    "auto_sent": lazy("sent by the desk"),
}


def channel_name(channel: str) -> str:
    """A way to reach somebody, in the reader's language."""
    return _(NAMES.get(channel, ""))


def result_name(result: str) -> str:
    """How a try went, in the reader's language."""
    return _(RESULT_NAMES.get(result, ""))


def next_channel(person_id: int, tried: Iterable[tuple[str, str]]) -> str:
    """The best way now; after two voice failures it is written down, and said in person after that."""
    done = list(tried)
    failed, voices = _failed(done), _voices(person_id)
    if len(failed) >= ENOUGH or not voices:
        slip_lies_there = ("paper_slip", "delivered_written") in done
        return "in_person" if slip_lies_there and presence.of(person_id).is_in else "paper_slip"
    return next((way for way in voices if way not in failed), voices[0])


def counts_in_writing(person_id: int, tried: Iterable[tuple[str, str]]) -> bool:
    """Whether what lies there in writing passes a message on (procedure O4): the person is not in, and two calls that
    nobody took went before, or nobody knows a number to call.
    """
    known = directory.contact(person_id)
    nobody_to_call = not known.phone and not known.extension
    return not presence.of(person_id).is_in and (nobody_to_call or failures(tried) >= ENOUGH)


def failures(tried: Iterable[tuple[str, str]]) -> int:
    """How often nobody could be spoken to."""
    return len(_failed(tried))


def _failed(tried: Iterable[tuple[str, str]]) -> list[str]:
    return [channel for channel, result in tried if channel in VOICE and result in FAILURES]


def _voices(person_id: int) -> list[str]:
    """Ways to speak to somebody, the best first: whoever is in is met or rung at the desk, others on the mobile.

    Without a mobile the extension of somebody who is out is tried all the same: it may be passed on.
    """
    known = directory.contact(person_id)
    mobile = ["mobile"] if known.phone else []
    now = presence.of(person_id)
    if now.is_in:
        return ["in_person", *(["extension"] if known.extension else []), *mobile]
    away = mobile or (["extension"] if known.extension else [])
    return [*mobile, "in_person"] if now.state == "meeting" else away
