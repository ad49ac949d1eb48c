"""What each kind of journal row says, its icon, and the names of what it may have changed."""

from collections.abc import Iterable

from shared.lib.i18n import _, lazy

WORDS = {
    "visits.expected": lazy("announced"),
    "visits.cancelled": lazy("no longer expected"),
    "visits.checked_in": lazy("checked in at the desk"),
    "visits.met": lazy("is with the host"),
    "visits.answered": lazy("%(host)s answered"),
    "visits.greeted": lazy("greeted"),
    "visits.visitor_told": lazy("told that the host has not answered yet"),
    "visits.assigned": lazy("is now for %(host)s"),
    "visits.departed": lazy("left"),
    "visits.corrected": lazy("put right"),
    "visits.undone": lazy("the last step was taken back"),
    "visits.phone_revealed": lazy("looked at the visitor's phone number"),
    "visits.codes_revealed": lazy("looked at the codes"),
    "visits.badge_returned": lazy("badge came back"),
    "alerts.sent": lazy("host told by %(channel)s"),
    "alerts.delivered": lazy("the %(channel)s has it"),
    "alerts.seen": lazy("the host has seen it"),
    "alerts.answered": lazy("%(host)s answered: %(answer)s"),
    "alerts.told_again": lazy("%(host)s told again"),
    "alerts.deputy_asked": lazy("%(host)s asked as deputy"),
    "alerts.failed": lazy("the %(channel)s did not reach the host"),
    "alerts.cancelled": lazy("the host need not answer any more"),
    "alerts.expired": lazy("%(host)s did not answer"),
    "deadlines.warned": lazy("%(clock)s: soon"),
    "deadlines.due": lazy("%(clock)s: due"),
    "deadlines.escalated": lazy("%(clock)s: %(steps)s"),
    "deadlines.breached": lazy("%(clock)s: late"),
    "procedure.clock_changed": lazy("other times for: %(clock)s"),
    "demo.loaded": lazy("demo company loaded"),
    "badges.queued": lazy("badge queued"),
    "badges.reprinted": lazy("badge printed again"),
    "badges.printed": lazy("badge printed"),
    "badges.delayed": lazy("badge waits for the printer"),
    "badges.failed": lazy("badge did not print"),
    "badges.cancelled": lazy("badge no longer wanted"),
    "badges.unknown": lazy("nobody knows whether the badge came out"),
    "directory.person_added": lazy("joined the directory"),
    "directory.person_changed": lazy("directory entry changed"),
    "directory.person_retired": lazy("left the company"),
    "directory.person_restored": lazy("came back to the company"),
    "directory.department_added": lazy("department opened"),
    "directory.department_changed": lazy("department changed"),
    "directory.contact_revealed": lazy("contact data was looked at"),
    "directory.imported": lazy("list of people taken in, %(count)s new"),
    "accounts.added": lazy("account opened"),
    "accounts.changed": lazy("account changed"),
    "accounts.roles_changed": lazy("roles changed"),
    "accounts.enabled": lazy("account opened again"),
    "accounts.disabled": lazy("account closed"),
    "accounts.password_set": lazy("new password"),
    "accounts.signed_in": lazy("signed in"),
    "accounts.signed_out": lazy("signed out"),
    "accounts.sign_in_refused": lazy("wrong password"),
    "accounts.sessions_ended": lazy("sessions ended: %(count)s"),
    "accounts.confirmed": lazy("typed the password again"),
    "accounts.locked": lazy("console locked"),
    "accounts.unlocked": lazy("console unlocked"),
    "accounts.link_made": lazy("sign-in link made"),
    "accounts.device_added": lazy("kiosk paired"),
    "accounts.device_revoked": lazy("kiosk taken out of service"),
    "accounts.token_created": lazy("token for a program created"),
    "accounts.token_revoked": lazy("token for a program revoked"),
    "settings.changed": lazy("settings changed: %(names)s"),
    "notice.published": lazy("notice published"),
    "kiosk.help": lazy("somebody asked for help"),
    "kiosk.help_seen": lazy("somebody went to help"),
}
ICONS = {
    "visits": "person",
    "visits.checked_in": "newperson",
    "visits.departed": "leave",
    "visits.corrected": "pen",
    "visits.undone": "undo",
    "visits.assigned": "swap",
    "visits.phone_revealed": "eye",
    "visits.codes_revealed": "eye",
    "visits.badge_returned": "ticket",
    "visits.met": "check",
    "visits.greeted": "check",
    "visits.answered": "chat",
    "alerts": "bell",
    "badges": "print",
    "deadlines": "clock",
    "procedure": "clock",
    "directory": "people",
    "directory.contact_revealed": "eye",
    "accounts": "key",
    "settings": "keys",
    "notice": "note",
    "kiosk": "bell",
}
TOPICS = {
    "visits": lazy("Visits"),
    "alerts": lazy("Alerts"),
    "badges": lazy("Badges"),
    "deadlines": lazy("Clocks"),
    "directory": lazy("Directory"),
    "accounts": lazy("Accounts"),
    "settings": lazy("Settings"),
    "kiosk": lazy("Kiosks"),
}
CHANNELS = {"screen": lazy("page"), "email": lazy("e-mail")}
STEPS = {
    "resend": lazy("told again"),
    "deputy": lazy("the deputy is asked"),
    "backup": lazy("the backup is called"),
    "manager": lazy("the manager is told"),
    "dept_manager": lazy("the department manager is told"),
    "reception": lazy("reception tells the visitor"),
}
LEFT_HOW = {
    "kiosk": lazy("at the kiosk"),
    "badge": lazy("with the badge"),
    "console": lazy("seen off by reception"),
    "pass": lazy("on the visitor's phone"),
    "host": lazy("seen off by the host"),
    "api": lazy("by a program"),
    "auto": lazy("at the end of the day"),
}
SOURCES = {
    "kiosk": lazy("at the kiosk"),
    "console": lazy("at the desk"),
    "api": lazy("by a program"),
    "demo": lazy("demo data"),
}
FACTS = {
    "name": lazy("Name of the company"),
    "name_en": lazy("English name"),
    "privacy_mail": lazy("E-mail for privacy questions"),
    "privacy_regime": lazy("Privacy law"),
    "kiosk_host_mode": lazy("Finding a host at the kiosk"),
    "kiosk_photo": lazy("Photo at the kiosk"),
    "kiosk_signature": lazy("Signature at the kiosk"),
    "badge_size": lazy("Badge size"),
    "badge_printing": lazy("Print badges"),
    "visit_days": lazy("Keep visits, days"),
    "phone_days": lazy("Keep phone numbers, days"),
    "photo_days": lazy("Keep photos and signatures, days"),
    "lock_minutes": lazy("Lock after, minutes"),
    "office_opens": lazy("Office opens"),
    "office_closes": lazy("Office closes"),
    "day_ends": lazy("Visitors' day ends"),
    "demo": lazy("Demo data"),
}
FIELDS = {
    "visitor_name": lazy("Name"),
    "visitor_company": lazy("Company"),
    "party_size": lazy("Party size"),
    "purpose": lazy("Reason"),
    "purpose_note": lazy("Note on the reason"),
    "host_id": lazy("Host"),
    "host_text": lazy("Asked for"),
    "remark": lazy("Remark"),
}


def fact_names(names: object) -> str:
    """The facts of a list by their names in the reader's language."""
    known = [str(name) for name in names] if isinstance(names, Iterable) and not isinstance(names, str) else []
    return _(", ").join(_(FACTS.get(name, name)) for name in known)


def field_name(name: str) -> str:
    """A field of a visit in the reader's language."""
    return _(FIELDS.get(name, name))
