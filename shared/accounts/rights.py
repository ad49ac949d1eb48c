"""Roles of the written procedure (0.2), what a right is called, and who holds it."""

from shared.lib.actor import Actor
from shared.lib.i18n import lazy

ROLES: dict[str, str] = {
    "employee": lazy("Employee"),
    "receptionist": lazy("Receptionist"),
    "backup_receptionist": lazy("Backup receptionist"),
    "admin_officer": lazy("Administration officer"),
    "admin_manager": lazy("Administration manager"),
    "dept_manager": lazy("Department manager"),
    "leader": lazy("Company head"),
    "finance": lazy("Finance"),
    "privacy_officer": lazy("Privacy officer"),
    "sysadmin": lazy("System administrator"),
}

RECEPTION = frozenset({"receptionist", "backup_receptionist"})
MANAGERS = frozenset({"sysadmin", "admin_manager"})
OWN = frozenset({"employee"})  # what a remembered phone and a link in an e-mail are good for

SCOPES: dict[str, frozenset[str]] = {
    "kiosk": frozenset({"device"}),
    "reception": RECEPTION,
    "admin": MANAGERS,
    "me": OWN,
}

EVERYONE = frozenset({"everyone"})

# right: the roles and kinds of actor that hold it
RIGHTS: dict[str, frozenset[str]] = {
    "public": EVERYONE,
    "account": frozenset({"account"}),
    "kiosk.use": frozenset({"device"}),
    "visits.create": RECEPTION | {"device"},
    "visits.read": RECEPTION | {"admin_manager", "admin_officer"},
    "visits.write": RECEPTION,
    "visits.correct": RECEPTION | {"admin_manager"},  # a manager also in a closed volume
    "visits.depart": RECEPTION | {"device"},
    "hosts.find": RECEPTION | {"device"},  # at a kiosk five names at most, and not often
    "people.search": RECEPTION | MANAGERS | {"employee", "privacy_officer"},
    "people.read": RECEPTION | MANAGERS,
    "people.change": MANAGERS,
    "people.contact": RECEPTION,
    "people.presence": RECEPTION,
    "contacts.record": RECEPTION,
    "contacts.answer": frozenset({"employee"}),  # about themselves, signed in
    "privacy.read": frozenset({"privacy_officer", "admin_manager"}),
    "privacy.erase": frozenset({"privacy_officer", "admin_manager"}),
    "privacy.answer": frozenset({"privacy_officer", "admin_manager"}),
    "accounts.manage": MANAGERS,
    "devices.pair": MANAGERS | RECEPTION,
    "devices.manage": MANAGERS,
    "settings.change": MANAGERS,
    "journal.read": RECEPTION | {"admin_manager", "admin_officer", "privacy_officer"},
    "alerts.read": RECEPTION,
    "deadlines.read": RECEPTION | {"admin_manager", "admin_officer"},
    "reports.read": RECEPTION | {"admin_manager", "admin_officer"},
    "reports.phone": RECEPTION
    | {"admin_manager", "admin_officer", "dept_manager"},  # the last its department's figures
    "registers.read": RECEPTION | {"admin_manager", "admin_officer"},
    "registers.correct": RECEPTION | {"admin_manager"},  # a manager also in a closed volume
    "registers.export": frozenset({"admin_manager", "admin_officer"}),
    "reports.export": frozenset({"admin_manager", "admin_officer"}),
    "volumes.read": RECEPTION | {"admin_manager", "admin_officer", "privacy_officer"},
    "volumes.hand_over": RECEPTION | {"admin_manager"},
    "volumes.receive": frozenset({"admin_officer", "admin_manager"}),
    "volumes.correct": frozenset({"admin_manager"}),
    "alerts.answer": frozenset({"employee", "link"}),
    "me": frozenset({"employee"}),
    "badges.manage": RECEPTION,
    "phone.write": RECEPTION,
    "relays.write": RECEPTION,
    "relays.follow": RECEPTION | {"employee"},  # employees their own
    "rooms.read": frozenset(ROLES),  # who sits in one is for those who read visits
    "rooms.write": RECEPTION,
    "watch_list.read": frozenset({"privacy_officer", "admin_manager"}),
    "watch_list.write": frozenset({"privacy_officer", "admin_manager"}),
    "watch_list.decide": RECEPTION,  # about a visitor; of the list they read what to do
    "quiet_calls.make": RECEPTION,
    "roll_calls.hold": RECEPTION | {"admin_manager", "admin_officer"},
}


def may(who: Actor, right: str) -> bool:
    """Whether `who` holds `right`; KeyError for a right that nobody has written down."""
    return not RIGHTS[right].isdisjoint({"everyone", who.kind, *who.roles})
