"""What became of a call, in words."""

from typing import Any

from shared.lib.i18n import lazy

OUTCOME_NAMES = {
    "answered": lazy("answered at once"),
    "transferred": lazy("put through"),
    "message": lazy("absent, message left"),
    "call_back": lazy("absent, wants a call back"),
    "declined": lazy("absent, wanted nothing"),
    "wrong_number": lazy("wrong number"),
    "spam": lazy("advertising"),
    "missed": lazy("missed"),
    "called_back": lazy("missed, called back"),
    "unreachable": lazy("missed, not reached"),
    "rang_again": lazy("missed, rang again"),
}
RESULT_NAMES = {
    "reached": lazy("reached"),
    "no_answer": lazy("no answer"),
    "busy": lazy("busy"),
    "off": lazy("switched off"),
}
SPOKEN_NAMES = {
    "mandarin": lazy("Mandarin"),
    "dialect": lazy("Dialect"),
    "english": lazy("English"),
    "other": lazy("Other"),
}


def outcome_of(call: Any) -> str:
    """What is said of a call: what was offered when somebody was absent, what became of it when it was missed."""
    if call.outcome == "absent":
        return OUTCOME_NAMES[call.offer]
    if call.outcome == "missed":
        return OUTCOME_NAMES.get(call.state, OUTCOME_NAMES["missed"])
    return OUTCOME_NAMES[call.outcome]
