"""What the API speaks of: a visit, an alert, a deadline, as JSON schemas."""

from typing import Any

from shared.rooms import DRINKS
from shared.rooms import STATES as ROOM_STATES
from shared.visits import PURPOSES
from shared.visits.model import STATES

TIME = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}
CURSOR = {"type": ["string", "null"], "description": "give it back as `after` for the next page"}


def shape(required: str = "", **properties: Any) -> dict[str, Any]:
    """An object; `required` names what is always there."""
    return {"type": "object", "properties": properties, "required": required.split()}


def page_of(name: str, of: str) -> dict[str, Any]:
    """A page of a list, and the cursor of the next."""
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}
    return shape(f"{name} next", **{name: items, "next": CURSOR})


NUMBER = {"type": ["number", "null"]}
COUNT = {
    "in_time": {"type": "integer"},
    "total": {"type": "integer", "description": "those that count: settled, or late and still running or given up"},
    "share": NUMBER | {"description": "0 to 1; null when there was nothing to keep"},
}
_OF_CLAUSE = {
    "clause": shape("label words", number={"type": ["string", "null"]}, label=TEXT, words=TEXT),
    **COUNT,
    "open": {"type": "integer", "description": "still running and not late; not counted"},
    "dropped": {"type": "integer", "description": "not needed in the end; not counted"},
    "undone": {"type": "integer", "description": "taken back; not counted"},
    "median_seconds": NUMBER,
    "p90_seconds": NUMBER,
    "distribution": {
        "type": "array",
        "items": {"type": "integer"},
        "description": "17 bars up to the limit and 17 up to twice the limit; later ones are in the last",
    },
    "months": {"type": "array", "items": shape("month in_time total share", month=TEXT, **COUNT)},
}

SCHEMAS: dict[str, Any] = {
    "Problem": shape("title status", type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT)
    | {"description": "RFC 9457; `fields` has one sentence a field."},
    "Host": shape("name department", name=TEXT, department=TEXT),
    "Visit": shape(
        "token reg_no state",
        token=TEXT | {"description": "public id; grants nothing"},
        reg_no={"type": ["string", "null"]},
        state={"enum": list(STATES)},
        visitor_name=TEXT,
        visitor_company=TEXT,
        party_size={"type": "integer"},
        purpose={"enum": list(PURPOSES)},
        host={"oneOf": [{"$ref": "#/components/schemas/Host"}, {"type": "null"}]},
        host_absent={"type": "boolean", "description": "the host cannot come, or is not there"},
        expected_at={"type": ["string", "null"], "format": "date-time"},
        arrived_at={"type": ["string", "null"], "format": "date-time"},
        room={"type": ["object", "null"], "description": "id and name of where they sit, or sat last"},
        drink={"enum": [*DRINKS, None]},
        seated_at={"type": ["string", "null"], "format": "date-time"},
        left_at={"type": ["string", "null"], "format": "date-time"},
    ),
    "Registered": shape(
        "token reg_no state pass badge host_told message",
        token=TEXT,
        reg_no=TEXT,
        state=TEXT,
        **{"pass": TEXT | {"description": "opens /v/<pass>, ends at check-out"}},
        short_code=TEXT,
        badge=shape("number state", number=TEXT, state=TEXT),
        host_answer={"type": ["object", "null"]},
        host_told={"type": "boolean"},
        message=TEXT,
    ),
    "Event": shape(
        "seq at actor action subject",
        seq={"type": "integer", "description": "gapless, in order"},
        at=TIME,
        actor=TEXT,
        action=TEXT,
        subject=TEXT,
        data={"type": "object"},
    ),
    "Person": shape(
        "ref name department",
        ref=TEXT,
        name=TEXT,
        department=TEXT,
        presence={"$ref": "#/components/schemas/Presence"},
    ),
    "Delivery": shape("channel state", channel=TEXT, state=TEXT, reason={"type": ["string", "null"]}),
    "Alert": shape(
        "id state",
        id=TEXT,
        kind=TEXT | {"description": "visitor_arrived, deputy, message; backup: its one answer is coming"},
        subject=TEXT | {"description": "visit:TOKEN, relay:TOKEN, room:ID"},
        state=TEXT,
        answer={"type": ["string", "null"]},
        minutes={"type": ["integer", "null"]},
        deliveries={"type": "array", "items": {"$ref": "#/components/schemas/Delivery"}},
    ),
    "Deadline": shape(
        "id key clause subject state starts_at warn_at due_at red_at breach_at",
        id={"type": "integer"},
        key=TEXT | {"description": "the clock of the procedure's catalogue: T01, T02 …"},
        clause=shape("label words", number={"type": ["string", "null"]}, label=TEXT, words=TEXT),
        name=TEXT,
        subject=TEXT,
        state={"enum": ["open", "met", "dropped"]},
        **dict.fromkeys(("starts_at", "warn_at", "due_at", "red_at"), TIME),
        breach_at=TIME | {"description": "met at or before it is in time"},
        met_at={"type": ["string", "null"], "format": "date-time"},
        met_by={"type": ["string", "null"]},
        in_time={"type": ["boolean", "null"]},
        dropped_at={"type": ["string", "null"], "format": "date-time"},
        reason={"type": ["string", "null"]},
    ),
    "Room": shape(
        "id name seats state row_version",
        id={"type": "integer"},
        name=TEXT,
        name_en=TEXT,
        seats={"type": "integer"},
        plant={"enum": ["orchid", "bamboo", "mum", "chair"]},
        smoking={"type": "boolean"},
        vip={"type": "boolean", "description": "never suggested by itself"},
        waiting={"type": "boolean", "description": "a waiting area: several parties at once"},
        state={"enum": list(ROOM_STATES)},
        reason={"type": ["string", "null"], "description": "why it is out of service"},
        row_version={"type": "integer"},
        since={"type": ["string", "null"], "format": "date-time"},
        drink={"enum": [*DRINKS, None]},
        do_not_disturb={"type": "boolean"},
        served_at={"type": "array", "items": TIME},
        visits={"type": ["array", "null"], "items": TEXT, "description": "tokens, for those who read visits"},
        reservations={"type": "array", "items": {"$ref": "#/components/schemas/Reservation"}},
    ),
    "Reservation": shape(
        "id starts_at ends_at",
        id={"type": "integer"},
        starts_at=TIME,
        ends_at=TIME,
        by={"type": ["object", "null"]},
        purpose={"type": ["string", "null"]},
    ),
    "RoomAct": shape(
        "room state seq undo say",
        room={"type": "integer"},
        state={"enum": list(ROOM_STATES)},
        seq={"type": "integer"},
        undo={"type": "integer", "description": "what takes it back on the console within 15 seconds"},
        seconds={"type": ["integer", "null"], "description": "clearing only: how long it took; null after a day's end"},
        in_time={"type": ["boolean", "null"]},
        say=TEXT,
    ),
    "OnTime": shape(
        "month in_time total share clauses messages",
        month=TEXT,
        **COUNT,
        clauses={"type": "array", "items": shape("clause in_time total share months", **_OF_CLAUSE)},
        days={"type": "array", "items": shape("day in_time total share", day=TEXT, **COUNT)},
        messages=shape(
            "wrong total",
            wrong={"type": "integer", "description": "messages of the month that were passed on wrongly"},
            total={"type": "integer", "description": "messages taken down in the month"},
        ),
        late_by_hour={"type": "object", "additionalProperties": {"type": "integer"}},
    ),
    "Notice": shape(
        "version text regime consent_required",
        version=TEXT,
        text=TEXT,
        regime={"enum": ["pipl", "gdpr", "both"]},
        consent_required={"type": "boolean"},
    ),
    "Returns": shape(
        "token state returns_at",
        token=TEXT,
        state=TEXT,
        returns_at={"type": ["string", "null"], "format": "date-time", "description": "null when no day is agreed"},
    ),
    "Departed": shape("token state", token=TEXT, state=TEXT),
}
