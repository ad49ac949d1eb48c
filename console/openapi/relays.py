"""What the API says of messages: addresses and shapes."""

from typing import Any

from console.openapi.schemas import TEXT, TIME, page_of, shape
from shared.relay import CHANNELS, FILTERS, RESULTS, STATUSES

MAYBE_TEXT = {"type": ["string", "null"]}
MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
FLAG = {"type": "boolean"}
MEANT = "for reception, whom it was left for, and whoever holds it now; null for who has handed it on"
SCHEMAS: dict[str, Any] = {
    "Attempt": shape(
        "n at channel result",
        n={"type": "integer"},
        at=TIME,
        by=TEXT,
        channel={"enum": list(CHANNELS)},
        result={"enum": list(RESULTS)},
        note=MAYBE_TEXT,
    ),
    "Relay": shape(
        "token subject to holder from_name message urgency status recorded_at attempts",
        token=TEXT | {"description": "public id; grants nothing"},
        subject=TEXT | {"description": "what it is about: visit:TOKEN or phone:TOKEN"},
        to={"oneOf": [{"$ref": "#/components/schemas/Host"}, {"type": "null"}]},
        holder={"oneOf": [{"$ref": "#/components/schemas/Host"}, {"type": "null"}]},
        from_name=TEXT,
        company=TEXT,
        number=MAYBE_TEXT | {"description": "for reception and whoever is to call back; null when none is wanted"},
        message=MAYBE_TEXT | {"description": MEANT},
        urgency={"enum": ["normal", "urgent"]},
        reply_required=FLAG,
        status={"enum": list(STATUSES)},
        escalated=FLAG | {"description": "a deputy or manager was asked, because it was not confirmed in time"},
        wrong_count={"type": "integer"},
        recorded_at=TIME,
        confirm_method=MAYBE_TEXT,
        reply_summary=MAYBE_TEXT | {"description": MEANT},
        cancel_reason=MAYBE_TEXT,
        attempts={"type": "array", "items": {"$ref": "#/components/schemas/Attempt"}},
        **dict.fromkeys(("notified_at", "confirmed_at", "replied_at", "closed_at"), MAYBE_TIME),
    ),
}
NEW = shape(
    "visit from_name message read_back",
    visit=TEXT | {"description": "token of the visit; its host is meant unless `to` names somebody"},
    to={"oneOf": [shape("ref", ref=TEXT), {"type": "null"}]},
    from_name=TEXT,
    company=TEXT,
    number=MAYBE_TEXT,
    no_call_back=FLAG,
    message=TEXT | {"minLength": 5, "maxLength": 500},
    urgency={"enum": ["normal", "urgent"]},
    reply_required=FLAG,
    read_back=FLAG | {"description": "must be true: nothing is kept that was not read back"},
    will_return=FLAG,
    return_date=TEXT | {"format": "date"},
    return_time=TEXT | {"format": "time"},
)
BOTH = "reception, the person concerned"
STATES = {"name": "state", "in": "query", "schema": {"enum": list(FILTERS)}}


def paths(operation: Any, answer: Any, query: Any, path: Any) -> dict[str, Any]:
    """The addresses of messages, made with the tools of the document."""
    kept = {200: answer("kept", "Relay")}

    def post(does: str, rights: str, **body: Any) -> dict[str, Any]:
        return {"post": operation(does, rights, kept, parameters=[path("token")], body=shape("", **body))}

    tried = {"channel": {"enum": list(CHANNELS)}, "result": {"enum": list(RESULTS)}, "note": TEXT}
    return {
        "/relays": {
            "get": operation(
                "Messages, newest first; somebody who is not at the desk gets their own",
                BOTH,
                {200: answer("a page", page_of("relays", "Relay"))},
                parameters=[STATES, *query("after", "limit")],
            ),
            "post": operation(
                "Take a message for a host who is not there",
                "reception",
                {201: answer("on its way", "Relay"), 200: answer("the same key again", "Relay")},
                body=NEW,
            ),
        },
        "/relays/{token}": {
            "get": operation("One message; 403 for everybody who was not asked", BOTH, kept, parameters=[path("token")])
        },
        "/relays/{token}/attempts": post("A try to reach the person", "reception", **tried),
        "/relays/{token}/confirmation": post("The content was confirmed; 410 once it was handed on", BOTH),
        "/relays/{token}/error": post("Something is wrong: counted, and everything starts again", BOTH, note=TEXT),
        "/relays/{token}/reply": post("The visitor has their reply", BOTH, summary=TEXT),
        "/relays/{token}/holder": post("Somebody else gets it, for a reason", BOTH, to=TEXT, reason=TEXT),
        "/relays/{token}/cancellation": post("Nobody needs it any more", "reception", reason=TEXT),
    }
