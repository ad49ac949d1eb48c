"""What the API does: each address, who may use it, what it answers."""

from typing import Any

from console.openapi import calls, people, quiet_calls, relays, roll_calls
from console.openapi.schemas import TEXT, TIME, page_of, shape
from shared.alerts import ANSWERS
from shared.rooms import DRINKS, POINTS

KEY = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 100}}
KEY |= {"description": "A repeat with the same key and body repeats the answer; kept for 30 days."}


def paths() -> dict[str, Any]:
    """Every address, by its path under /api/v1."""
    return {
        **_visit_paths(),
        **_kiosk_paths(),
        **_desk_paths(),
        **_clock_paths(),
        **_room_paths(),
        **people.paths(_operation, _answer, _path),
        **relays.paths(_operation, _answer, _query, _path),
        **calls.paths(_operation, _answer, _query, _path),
        **roll_calls.paths(_operation, _answer, _path),
        **quiet_calls.paths(_operation, _answer, _path),
    }


def _answer(description: str, schema: str | dict[str, Any]) -> dict[str, Any]:
    shape = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    return {"description": description, "content": {"application/json": {"schema": shape}}}


def _query(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "schema": TEXT} for name in names]


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def _operation(
    summary: str, rights: str, answers: dict[int, dict[str, Any]], *, parameters: Any = (), body: Any = None
) -> dict[str, Any]:
    responses = {str(status): answer for status, answer in answers.items()}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    responses["default"] = {"description": "a problem document", "content": {"application/problem+json": problem}}
    operation: dict[str, Any] = {"summary": summary, "description": f"Rights: {rights}", "responses": responses}
    operation["parameters"] = [*parameters, *([KEY] if body is not None else [])]
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if rights == "anyone":
        operation["security"] = []
    return operation


def _visit_paths() -> dict[str, Any]:
    same = {200: _answer("the same key again: the same visit", "Registered")}
    departure = shape("", badge_returned={"type": "boolean"})
    return {
        "/visits": {
            "post": _operation(
                "Check a visitor in",
                "kiosk, reception",
                {201: _answer("registered, durable", "Registered"), **same},
                body={"$ref": "#/components/schemas/CheckIn"},
            ),
            "get": _operation(
                "The register, newest first",
                "reception",
                {200: _answer("a page", page_of("visits", "Visit"))},
                parameters=_query("state", "date", "until", "purpose", "of", "q", "after", "limit"),
            ),
        },
        "/visits/{token}": {
            "get": _operation(
                "One visit", "reception", {200: _answer("the visit", "Visit")}, parameters=[_path("token")]
            )
        },
        "/visits/{token}/departure": {
            "post": _operation(
                "The visitor leaves; 409 when they already left",
                "reception",
                {200: _answer("once", "Departed")},
                parameters=[_path("token")],
                body=departure,
            )
        },
        "/visits/{token}/return": {
            "post": _operation(
                "No message for a host who is not there: the visitor comes again; 409 when that is noted already",
                "reception",
                {200: _answer("noted", "Returns")},
                parameters=[_path("token")],
                body=shape("", return_date=TEXT | {"format": "date"}, return_time=TEXT | {"format": "time"}),
            )
        },
    }


def _kiosk_paths() -> dict[str, Any]:
    leaving = shape("", **{"pass": TEXT, "code": TEXT})
    return {
        "/departures": {
            "post": _operation(
                "Check-out by pass or short code", "kiosk", {200: _answer("once", "Departed")}, body=leaving
            )
        },
        "/notice": {
            "get": _operation(
                "The notice in force", "anyone", {200: _answer("the text", "Notice")}, parameters=_query("language")
            )
        },
        "/people": {
            "get": _operation(
                "Find a host: kiosks get at most five names, throttled",
                "kiosk, reception",
                {200: _answer("people", page_of("people", "Person"))},
                parameters=_query("q"),
            )
        },
    }


def _clock_paths() -> dict[str, Any]:
    return {
        "/deadlines": {
            "get": _operation(
                "What runs, by when it is due (state=open); what was met or dropped, newest first",
                "reception",
                {200: _answer("deadlines", page_of("deadlines", "Deadline"))},
                parameters=_query("state", "after", "limit"),
            )
        },
        "/reports/on-time": {
            "get": _operation(
                "The share in time of every clause in a month (2026-11; the present one when none is named)",
                "reception, admin",
                {200: _answer("the report", "OnTime")},
                parameters=_query("month"),
            )
        },
    }


def _room_paths() -> dict[str, Any]:
    read = {200: _answer("the room", "Room")}
    seat = shape(
        "room", room={"type": "integer"}, drink={"enum": list(DRINKS)}, together={"type": "boolean"}, reason=TEXT
    )
    kept = shape("starts_at ends_at", starts_at=TIME, ends_at=TIME, host=shape("ref", ref=TEXT), purpose=TEXT)
    ticks = shape("", **{name: {"type": "boolean"} for name in POINTS}, found=TEXT)
    change = {
        "/visits/{token}/seat": ("Show a visitor to a room, or to another one; 409 when it cannot be had", seat),
        "/rooms/{room}/tea": ("Tea was served, or refilled", shape()),
        "/rooms/{room}/quiet": ("Do not disturb, or no longer", shape("", on={"type": "boolean"})),
        "/rooms/{room}/clearing": ("The room is cleared; 422 names what is not ticked", ticks),
        "/rooms/{room}/reservations": ("Keep the room for a time", kept),
        "/rooms/{room}/reservations/{reservation}/cancellation": ("The time is free again", shape()),
        "/rooms/{room}/closure": ("Out of service", shape("reason", reason=TEXT)),
        "/rooms/{room}/opening": ("Back into service", shape()),
    }
    every = {200: _answer("in the order of the board", page_of("rooms", "Room"))}
    found = {
        "/rooms": {"get": _operation("Every room as it stands now", "all staff", every)},
        "/rooms/{room}": {"get": _operation("One room", "all staff", read, parameters=[_path("room")])},
    }
    for path, (summary, body) in change.items():
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        done = {200: _answer("done", "RoomAct")}
        post = _operation(summary, "reception", done, parameters=[_path(name) for name in names], body=body)
        found[path] = {"post": post}
    return found


def _desk_paths() -> dict[str, Any]:
    reply = shape("answer", answer={"enum": list(ANSWERS)})
    reply["properties"] |= {"minutes": {"type": "integer"}, "to": TEXT}
    return {
        "/events": {
            "get": _operation(
                "The journal in order; 410 when trimmed",
                "reception, admin",
                {200: _answer("events", page_of("events", "Event"))},
                parameters=_query("after", "limit"),
            )
        },
        "/alerts": {
            "get": _operation(
                "Alerts and what became of them",
                "reception",
                {200: _answer("alerts", page_of("alerts", "Alert"))},
                parameters=_query("state", "after", "limit"),
            )
        },
        "/alerts/{id}/answer": {
            "post": _operation(
                "Answer an alert; 410 once it is settled",
                "the person concerned",
                {200: _answer("kept", "Alert")},
                parameters=[_path("id")],
                body=reply,
            )
        },
    }
