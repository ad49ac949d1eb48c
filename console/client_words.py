"""What the console's scripts say, in the reader's language: sentences that no template can hold."""

from functools import cache

from shared.lib.i18n import _, lazy, use

WORDS = {
    "undo": lazy("Undo"),
    "open": lazy("Open"),
    "live": lazy("Live"),
    "away": lazy("Offline"),
    "lost": lazy("Connection lost. Carry on; entries are sent when it is back."),
    "kept_one": lazy("1 kept"),
    "kept": lazy("%(n)s kept"),
    "back": lazy("Connected again. Everything is up to date."),
    "sent_later_one": lazy("Connected again. 1 entry was sent."),
    "sent_later": lazy("Connected again. %(n)s entries were sent."),
    "kept_here": lazy("Not sent yet: the connection is lost. It is kept and goes out by itself."),
    "not_sent": lazy("That did not go through. Try again."),
    "unsaved": lazy("This is not saved. Close all the same?"),
    "keep_writing": lazy("Keep writing"),
    "drop": lazy("Close without saving"),
    "leave_unsent": lazy("Entries are waiting to be sent."),
    "arrived": lazy("%(name)s has arrived"),
    "help_rings": lazy("Somebody at %(kiosk)s asks for help"),
    "late": lazy("%(n)s late"),
    "soon": lazy("%(n)s soon"),
    "calm": lazy("%(n)s later"),
    "due_soon": lazy("Soon due: %(what)s"),
    "due_late": lazy("Late: %(what)s"),
    "and": lazy("; "),
    "nobody": lazy("Nobody found"),
    "as_text": lazy("Asked for '%(name)s'"),
    "sound_on": lazy("Sound is on"),
    "sound_off": lazy("Sound is off"),
    "sound_blocked": lazy("The browser keeps quiet until this page is touched."),
    "password": lazy("Password"),
    "confirm": lazy("Confirm"),
    "cancel": lazy("Cancel"),
    "minutes": lazy("%(n)s min"),
    "hours": lazy("%(h)s h %(m)s min"),
    "pin_short": lazy("At least 6 digits, and nothing else."),
    "hidden_in": lazy("hidden again in %(n)s s"),
}


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every sentence in one language."""
    with use(language):
        return {key: _(message) for key, message in WORDS.items()}
