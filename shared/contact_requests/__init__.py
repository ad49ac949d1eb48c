"""Contact requests: who asked how a colleague is reached, and what became of it; only the colleague can agree."""

from shared.contact_requests.acts import answer, note, settle, show, written_down
from shared.contact_requests.digest import Week, looks, monday_of, requests, weeks
from shared.contact_requests.erasing import REGISTER
from shared.contact_requests.forms import ContactForm, Outcome
from shared.contact_requests.model import AGREED, OUTCOMES, ContactRequest
from shared.contact_requests.questions import of_calls, of_pad, of_person, of_visit, one, open_for, turns
from shared.contact_requests.views import RequestView, wanted_name

__all__ = [
    "REGISTER",
    "AGREED",
    "OUTCOMES",
    "ContactForm",
    "ContactRequest",
    "Outcome",
    "RequestView",
    "Week",
    "answer",
    "looks",
    "monday_of",
    "note",
    "of_calls",
    "of_pad",
    "of_person",
    "of_visit",
    "one",
    "open_for",
    "requests",
    "settle",
    "show",
    "turns",
    "wanted_name",
    "weeks",
    "written_down",
]
