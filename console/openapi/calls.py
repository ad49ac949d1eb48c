"""What the API says of the phone register: addresses and shapes."""

from typing import Any

from console.openapi.relays import FLAG, MAYBE_TEXT, MAYBE_TIME
from console.openapi.schemas import TEXT, TIME, page_of, shape
from shared.phone import OFFERS, OUTCOMES, RESULTS, SPOKEN, TRANSFERS
from shared.phone.model import STATES

OUTCOME = {"enum": list(OUTCOMES)}
OFFER = {"enum": ["", *OFFERS], "description": "what was offered to whoever wanted somebody absent (二.1.3)"}
TRANSFER = {"enum": ["", *TRANSFERS]}
SCHEMAS: dict[str, Any] = {
    "CallBack": shape("at by result", at=TIME, by=TEXT, result={"enum": list(RESULTS)}, note=MAYBE_TEXT),
    "Call": shape(
        "token reg_no state call_at outcome call_backs",
        token=TEXT | {"description": "public id; grants nothing"},
        state={"enum": list(STATES)},
        direction={"enum": ["in", "out"]},
        call_at=TIME,
        number=MAYBE_TEXT | {"description": "as it is compared: +8613800138000; null when it was hidden"},
        wanted={"oneOf": [{"$ref": "#/components/schemas/Host"}, {"type": "null"}]},
        outcome={"enum": [*OUTCOMES, "missed"]},
        transfer_result=TRANSFER,
        offer=OFFER,
        complaint=MAYBE_TEXT,
        settled_at=MAYBE_TIME,
        call_backs={"type": "array", "items": {"$ref": "#/components/schemas/CallBack"}},
        relay=MAYBE_TEXT | {"description": "token of the message, in the answer to a call that was taken"},
        **dict.fromkeys(("reg_no", "caller_name", "caller_company", "caller_title", "wanted_text", "content"), TEXT),
    ),
}
NEW = shape(
    "outcome",
    call_at=MAYBE_TIME | {"description": "now, when it is not said; a week ago at the earliest"},
    number=MAYBE_TEXT,
    wanted={"oneOf": [shape("ref", ref=TEXT), TEXT, {"type": "null"}]},
    spoken={"enum": list(SPOKEN)},
    rings={"type": ["integer", "null"], "minimum": 1, "maximum": 30},
    content=TEXT | {"maxLength": 500, "description": "at least 5 characters, but for wrong numbers and advertising"},
    outcome=OUTCOME,
    transfer_result=TRANSFER,
    offer=OFFER,
    urgency={"enum": ["normal", "urgent"]},
    call_back_number=MAYBE_TEXT,
    read_back=FLAG | {"description": "must be true for a message: nothing is kept that was not read back"},
    back_of=TEXT | {"description": "token of the missed call that this one answers"},
    **dict.fromkeys(("caller_name", "caller_company", "caller_title", "complaint"), TEXT),
    **dict.fromkeys(("no_call_back", "reply_required"), FLAG),
)
MISSED = shape("call_at", call_at=TIME, number=MAYBE_TEXT, rings={"type": ["integer", "null"]})


def paths(operation: Any, answer: Any, query: Any, path: Any) -> dict[str, Any]:
    """The addresses of calls, made with the tools of the document."""
    kept = {201: answer("kept", "Call"), 200: answer("the same key again", "Call")}
    page = {200: answer("a page", page_of("calls", "Call"))}
    asked = query("q", "date", "until", "after", "limit")
    tried = shape("result", result={"enum": list(RESULTS)}, note=TEXT)
    readers = "reception, administration"
    return {
        "/calls": {
            "get": operation("The phone register, newest first", readers, page, parameters=asked),
            "post": operation("Write a call down", "reception", kept, body=NEW),
        },
        "/missed-calls": {"post": operation("A call nobody answered", "reception", kept, body=MISSED)},
        "/calls/{token}": {
            "get": operation("One call", readers, {200: answer("the call", "Call")}, parameters=[path("token")])
        },
        "/calls/{token}/call-backs": {
            "post": operation(
                "A try to call back; the third without an answer closes the call", "reception",
                {200: answer("kept", "Call")}, parameters=[path("token")], body=tried,
            )
        },
    }  # fmt: skip
