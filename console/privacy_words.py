"""What the journal says of privacy; how somebody showed who they are when they asked what is held (procedure 4.1)."""

from shared.lib.i18n import _, lazy

PRIVACY_WORDS = {
    "privacy.many_shown": lazy("was shown %(rows)s entries about visitors within an hour"),
    "privacy.many_seen": lazy("somebody looked into it"),
    "privacy.searched": lazy("looked for one visitor: %(count)s found"),
    "privacy.looked": lazy("looked at what is held about the visitor"),
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
