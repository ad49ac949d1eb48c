"""Why a calendar could not be read, in a sentence for its owner."""

from shared.lib.i18n import _, lazy

REASONS = {
    "not_https": lazy("The address has to begin with https, and hold no name and password."),
    "no_host": lazy("There is no such address."),
    "not_public": lazy("This address is inside a private network. Only public ones are asked."),
    "no_connection": lazy("Nobody is there at this address."),
    "certificate": lazy("The other side cannot prove who it is."),
    "no_answer": lazy("The other side took longer than 5 seconds."),
    "redirects": lazy("The address leads on and on."),
    "too_big": lazy("The calendar is larger than 1 MB."),
    "too_much": lazy("The calendar holds too much to be read in a few seconds."),
    "not_http": lazy("The other side answered with something else than a calendar."),
    "not_calendar": lazy("That is not a calendar. It has to be a file that ends in .ics."),
    "busy": lazy("Other calendars are being read. Try again in a moment."),
}


def reason_name(reason: str) -> str:
    """`not_public`, or `status 404` with what the other side said."""
    kind, _space, status = reason.partition(" ")
    if kind == "status":
        return _("The other side refuses: it answered %(status)s.") % {"status": status}
    return _(REASONS.get(kind, "")) or _("Something went wrong here.")
