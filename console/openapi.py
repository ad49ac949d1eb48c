"""The API in OpenAPI 3.1, at `/api/v1/openapi.json`: what an integrator may rely on."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic.json_schema import models_json_schema

from shared.alerts import ANSWERS
from shared.lib import web
from shared.visits import PURPOSES, CheckIn
from shared.visits.model import STATES

blueprint = Blueprint("openapi", __name__)
TIME = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}
KEY = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 100}}
KEY |= {"description": "A repeat with the same key and body repeats the answer; kept for 30 days."}
CURSOR = {"type": ["string", "null"], "description": "give it back as `after` for the next page"}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split()}


def _list(name: str, of: str) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}
    return _object(f"{name} next", **{name: items, "next": CURSOR})


SCHEMAS: dict[str, Any] = {
    "Problem": _object("title status", type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT)
    | {"description": "RFC 9457; `fields` has one sentence a field."},
    "Host": _object("name department", name=TEXT, department=TEXT),
    "Visit": _object(
        "token reg_no state",
        token=TEXT | {"description": "public id; grants nothing"},
        reg_no={"type": ["string", "null"]},
        state={"enum": list(STATES)},
        visitor_name=TEXT,
        visitor_company=TEXT,
        party_size={"type": "integer"},
        purpose={"enum": list(PURPOSES)},
        host={"oneOf": [{"$ref": "#/components/schemas/Host"}, {"type": "null"}]},
        expected_at={"type": ["string", "null"], "format": "date-time"},
        arrived_at={"type": ["string", "null"], "format": "date-time"},
        left_at={"type": ["string", "null"], "format": "date-time"},
    ),
    "Registered": _object(
        "token reg_no state pass badge host_told message",
        token=TEXT,
        reg_no=TEXT,
        state=TEXT,
        **{"pass": TEXT | {"description": "opens /v/<pass>, ends at check-out"}},
        short_code=TEXT,
        badge=_object("number state", number=TEXT, state=TEXT),
        host_answer={"type": ["object", "null"]},
        host_told={"type": "boolean"},
        message=TEXT,
    ),
    "Event": _object(
        "seq at actor action subject",
        seq={"type": "integer", "description": "gapless, in order"},
        at=TIME,
        actor=TEXT,
        action=TEXT,
        subject=TEXT,
        data={"type": "object"},
    ),
    "Person": _object("ref name department", ref=TEXT, name=TEXT, department=TEXT),
    "Delivery": _object("channel state", channel=TEXT, state=TEXT, reason={"type": ["string", "null"]}),
    "Alert": _object(
        "id state",
        id=TEXT,
        kind=TEXT,
        subject=TEXT,
        state=TEXT,
        answer={"type": ["string", "null"]},
        minutes={"type": ["integer", "null"]},
        deliveries={"type": "array", "items": {"$ref": "#/components/schemas/Delivery"}},
    ),
    "Notice": _object(
        "version text regime consent_required",
        version=TEXT,
        text=TEXT,
        regime={"enum": ["pipl", "gdpr", "both"]},
        consent_required={"type": "boolean"},
    ),
    "Departed": _object("token state", token=TEXT, state=TEXT),
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
    departure = _object("", badge_returned={"type": "boolean"})
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
                {200: _answer("a page", _list("visits", "Visit"))},
                parameters=_query("state", "date", "q", "after", "limit"),
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
    }


def _kiosk_paths() -> dict[str, Any]:
    leaving = _object("", **{"pass": TEXT, "code": TEXT})
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
                {200: _answer("people", _list("people", "Person"))},
                parameters=_query("q"),
            )
        },
    }


def _desk_paths() -> dict[str, Any]:
    reply = _object("answer", answer={"enum": list(ANSWERS)})
    reply["properties"] |= {"minutes": {"type": "integer"}, "to": TEXT}
    return {
        "/events": {
            "get": _operation(
                "The journal in order; 410 when trimmed",
                "reception, admin",
                {200: _answer("events", _list("events", "Event"))},
                parameters=_query("after", "limit"),
            )
        },
        "/alerts": {
            "get": _operation(
                "Alerts and what became of them",
                "reception",
                {200: _answer("alerts", _list("alerts", "Alert"))},
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


def document() -> dict[str, Any]:
    """The whole document, built from the forms the routes use."""
    _, forms = models_json_schema([(CheckIn, "validation")], ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Foyer", "version": "1", "summary": "The front desk as an API"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": _visit_paths() | _kiosk_paths() | _desk_paths(),
        "components": {
            "schemas": {**SCHEMAS, **forms["$defs"]},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


@web.route(blueprint, "/api/v1/openapi.json", needs="public")
def openapi() -> ResponseReturnValue:
    """The document itself."""
    return jsonify(document())
