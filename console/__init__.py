"""What staff see: the reception console, each employee's own page, and what an administrator changes."""

from importlib import import_module

from console import due_visits

PARTS = (
    "account",
    "accounts",
    "alerts",
    "api",
    "arrivals",
    "calendar",
    "calls",
    "clocks",
    "devices",
    "directory",
    "due",
    "journal",
    "jump",
    "lock",
    "me",
    "new_visitor",
    "openapi",
    "people_import",
    "register",
    "search",
    "settings",
    "shell",
    "sign_in",
    "start",
    "tokens",
    "trials",
    "visit",
    "visit_acts",
)
due_visits.join()
BLUEPRINTS = tuple(import_module(f"console.{part}").blueprint for part in PARTS)
