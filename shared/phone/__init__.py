"""The phone register: calls, what they were about, who was told, and who is called back (procedure 二)."""

from shared.phone import exchange
from shared.phone.acts import TRIES, Done, call_back, miss, take, undo
from shared.phone.cards import MOST_SAID, Card, Words, cards, forget_cards, our_words, parts, write_card
from shared.phone.cdr import BYTES, FIELDS, NEEDED, ORDERS, Asked
from shared.phone.exchange import listening, on_the_line
from shared.phone.forms import CallForm, CallNotes
from shared.phone.importing import Report, import_calls
from shared.phone.model import OFFERS, OUTCOMES, RESULTS, SPOKEN, TRANSFERS, Call
from shared.phone.progress import import_progress
from shared.phone.questions import Caller, by_ids, callers_like, callers_of, many, one, waiting
from shared.phone.recorded import ONE_RING, Answering, RecordView, answering, unrecorded
from shared.phone.register import REGISTER
from shared.phone.sayings import ABSENT, BACK, GREETING, PLACEHOLDERS, SITUATIONS, Situation
from shared.phone.settling import settle_all
from shared.phone.views import CallView, TryView
from shared.phone.words import OUTCOME_NAMES, RESULT_NAMES, SPOKEN_NAMES

__all__ = [
    "BYTES",
    "Situation",
    "SITUATIONS",
    "PLACEHOLDERS",
    "GREETING",
    "BACK",
    "ABSENT",
    "write_card",
    "parts",
    "our_words",
    "forget_cards",
    "cards",
    "Words",
    "Card",
    "MOST_SAID",
    "FIELDS",
    "NEEDED",
    "OFFERS",
    "ONE_RING",
    "ORDERS",
    "OUTCOMES",
    "OUTCOME_NAMES",
    "REGISTER",
    "RESULTS",
    "RESULT_NAMES",
    "SPOKEN",
    "SPOKEN_NAMES",
    "TRANSFERS",
    "TRIES",
    "Answering",
    "Asked",
    "Call",
    "CallForm",
    "CallNotes",
    "CallView",
    "Caller",
    "Done",
    "RecordView",
    "Report",
    "TryView",
    "answering",
    "by_ids",
    "call_back",
    "callers_like",
    "callers_of",
    "exchange",
    "import_calls",
    "import_progress",
    "listening",
    "many",
    "miss",
    "on_the_line",
    "one",
    "settle_all",
    "take",
    "undo",
    "unrecorded",
    "waiting",
]
