"""What staff see: the reception console, each employee's own page, and what an administrator changes."""

from importlib import import_module

from console import due_messages, due_rooms, due_visits, due_volumes

PARTS = (
    "account",
    "accounts",
    "alerts",
    "api",
    "arrivals",
    "calendar",
    "calls",
    "contact",
    "contact_requests",
    "clocks",
    "day_end",
    "devices",
    "directory",
    "due",
    "journal",
    "jump",
    "lock",
    "me",
    "message_acts",
    "message_form",
    "messages",
    "mine_asked",
    "mine_messages",
    "new_visitor",
    "openapi",
    "own_calendar",
    "people_import",
    "presence",
    "privacy",
    "register",
    "register_export",
    "relays",
    "report_api",
    "report_export",
    "report_messages",
    "reports",
    "retention",
    "roll_call",
    "roll_call_device",
    "roll_calls",
    "room",
    "room_acts",
    "room_settings",
    "rooms",
    "search",
    "settings",
    "shell",
    "sign_in",
    "start",
    "tokens",
    "trials",
    "visit",
    "visit_acts",
    "volumes",
    "watch_decisions",
    "watch_list",
)
due_visits.join()
due_messages.join()
due_rooms.join()
due_volumes.join()
BLUEPRINTS = tuple(import_module(f"console.{part}").blueprint for part in PARTS)
