"""What the journal says of privacy, and how somebody showed who they are when they asked what is held about them (procedure 4.1); nothing of it is kept."""

from shared.lib.i18n import _, lazy

PRIVACY_WORDS = {
    "privacy.many_shown": lazy("was shown %(rows)s entries about visitors within an hour"),
    "privacy.many_seen": lazy("somebody looked into it"),
    "privacy.searched": lazy("looked for one visitor: %(count)s found"),
    "privacy.answered": lazy("told the visitor what is held, %(check)s"),
}
CHECKS = {
    "badge_phone": lazy("badge number and phone checked"),
    "badge_email": lazy("badge number and e-mail checked"),
    "document": lazy("identity document looked at"),
    "known": lazy("known in person"),
}


def check_name(check: str) -> str:
    """In the reader's language."""
    return _(CHECKS[check]) if check in CHECKS else ""
