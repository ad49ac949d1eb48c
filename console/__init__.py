"""What staff see: the reception console, each employee's own page, and what an administrator changes."""

from functools import cache
from importlib import import_module

from flask import Blueprint

PARTS = (
    "account",
    "accounts",
    "alerts",
    "api",
    "arrivals",
    "asked_on_phone",
    "calendar",
    "call_backs",
    "calls",
    "contact",
    "contact_requests",
    "clocks",
    "day_end",
    "devices",
    "directory",
    "due",
    "exports",
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
    "phone",
    "phone_api",
    "phone_import",
    "phone_settings",
    "presence",
    "privacy",
    "privacy_answer",
    "quiet_call",
    "quiet_settings",
    "register",
    "register_export",
    "registers",
    "relays",
    "report_api",
    "report_export",
    "report_messages",
    "report_phone",
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
    "whose",
)
DUE = ("due_visits", "due_calls", "due_messages", "due_rooms", "due_volumes")


@cache
def blueprints() -> tuple[Blueprint, ...]:
    """Every part with its routes, loaded when they are served: who writes one list does not wait for the others."""
    for name in DUE:
        import_module(f"console.{name}").join()
    return tuple(import_module(f"console.{part}").blueprint for part in PARTS)
