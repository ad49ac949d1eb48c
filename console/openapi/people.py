"""The API of people: where they are, and how they are reached."""

from collections.abc import Callable
from typing import Any

from console.openapi.schemas import TEXT, shape
from shared import presence
from shared.directory import WAYS

SCHEMAS: dict[str, Any] = {
    "Presence": shape(
        "state until source words",
        state={"enum": list(presence.STATES)},
        until={"type": ["string", "null"], "format": "date-time"},
        source={"enum": ["self", "reception", "calendar", None]},
        words=TEXT,
    )
    | {"description": "where somebody is; for staff only, never at a kiosk"},
}


def paths(operation: Callable[..., Any], answer: Callable[..., Any], path: Callable[[str], Any]) -> dict[str, Any]:
    """The addresses of people, made like the others."""
    where = {"$ref": "#/components/schemas/PresenceForm"}
    contact = shape("", **dict.fromkeys(WAYS, TEXT))
    return {
        "/people/{ref}/presence": {
            "post": operation(
                "Where somebody is, as reception heard",
                "reception",
                {200: answer("kept", "Presence")},
                parameters=[path("ref")],
                body=where,
            )
        },
        "/people/{ref}/contact": {
            "post": operation(
                "How somebody is reached; the journal keeps who looked at what",
                "reception",
                {200: answer("what is known", contact)},
                parameters=[path("ref")],
                body=shape("", ways={"type": "array", "items": {"enum": list(WAYS)}}),
            )
        },
        "/me/presence": {
            "post": operation("Where one is", "the person concerned", {200: answer("kept", "Presence")}, body=where)
        },
    }
