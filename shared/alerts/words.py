"""What alerts say: why a channel failed, who is there, what the visitor will be told."""

from shared import directory
from shared.lib import i18n
from shared.lib.i18n import _, lazy
from shared.visits import VisitView, purpose_name

REASONS = {
    "no_page": lazy("no page open"),
    "no_address": lazy("no e-mail address"),
    "not_set_up": lazy("e-mail is not set up"),
    "mailbox_full": lazy("mailbox full"),
    "unknown_address": lazy("unknown address"),
    "not_reachable": lazy("mail server not reachable"),
    "no_answer": lazy("mail server does not answer"),
    "broke_off": lazy("mail server broke off"),
    "busy": lazy("mail server asks to wait"),
    "sign_in": lazy("mail server refuses the sign-in"),
    "certificate": lazy("mail server cannot prove who it is"),
    "refused": lazy("mail server refuses the e-mail"),
    "accident": lazy("something went wrong here"),
    "too_late": lazy("too late, it is settled"),
}
VIA = {
    "me": lazy("on the own page"),
    "link": lazy("by the link in the e-mail"),
    "api": lazy("by a program"),
    "desk": lazy("told the front desk"),
}


def reason_name(reason: str) -> str:
    """Why a channel failed, in the reader's language."""
    return _(REASONS.get(reason, "")) or reason


def via_name(via: str) -> str:
    """By which way somebody answered."""
    return _(VIA.get(via, ""))


def listed(*parts: str) -> str:
    """Parts of a line, with the comma of the reader's language."""
    return _(", ").join(part for part in parts if part)


def in_short(visit: VisitView) -> str:
    """Surname, company and kind of reason: all that leaves the house about a visitor."""
    return listed(directory.surname(visit.visitor_name), visit.visitor_company, purpose_name(visit.purpose))


def reason_for_coming(visit: VisitView) -> str:
    """Company, reason, and the time that was agreed: "深蓝物联，面试，预约 10:30"."""
    agreed = _("expected at %(time)s") % {"time": i18n.format_time(visit.expected_at)} if visit.expected_at else ""
    party = _("%(n)s people") % {"n": visit.party_size} if visit.party_size > 1 else ""
    return listed(visit.visitor_company, purpose_name(visit.purpose), party, agreed)


def answer_name(answer: str | None, minutes: int | None, name: str = "") -> str:
    """An answer as reception reads it: "2 minutes", "coming"; `name` is the colleague it was passed to."""
    if answer == "minutes":
        return i18n.ngettext("%(n)s minute", "%(n)s minutes", minutes or 0) % {"n": minutes}
    return {
        "coming": _("coming at once"),
        "wait": _("asks the visitor to wait"),
        "delegated": _("%(name)s goes instead") % {"name": name},
        "cannot": _("cannot come"),
    }.get(answer or "", "")


def visitor_sees(answer: str, minutes: int | None, name: str) -> str:
    """The host's answer as the visitor reads it; `name` is the host, or the colleague who comes instead.

    Without a name it is what somebody reads who only wrote one down: nobody is named to them.
    """
    if answer == "minutes":
        return i18n.ngettext("Coming down, %(n)s minute", "Coming down, %(n)s minutes", minutes or 0) % {"n": minutes}
    if not name and answer in ("delegated", "cannot"):
        return {"delegated": _("Somebody is coming down for you"), "cannot": _("The front desk is on the way.")}[answer]
    return {
        "coming": _("Coming down"),
        "wait": _("A moment, I am on my way"),
        "delegated": _("%(name)s is coming down for you") % {"name": name},
        "cannot": _("%(name)s cannot come right now. The front desk is on the way.") % {"name": name},
    }.get(answer, "")
