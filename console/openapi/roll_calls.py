"""What the API says of roll calls: addresses and shapes."""

from typing import Any

from console.openapi.schemas import TEXT, TIME, page_of, shape
from shared.roll_call import MOST, ORDER, STATES

MAYBE_TEXT = {"type": ["string", "null"]}
MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
FLAG = {"type": "boolean"}
WHO = "receptionist, backup receptionist, administration officer and manager"
KEY = TEXT | {"pattern": "^[A-Za-z0-9_-]{8,64}$", "description": "made by the device: sent again it is still one"}
SUBJECT = TEXT | {"description": "visit:TOKEN or person:TOKEN"}
MARKS = {"type": "array", "items": {"$ref": "#/components/schemas/RollCallMark"}}
CALL = {
    "token": TEXT | {"description": "public id; grants nothing"},
    "drill": FLAG,
    "running": FLAG,
    "started_at": TIME,
    "started_by": TEXT,
    "ended_at": MAYBE_TIME,
    "ended_by": MAYBE_TEXT,
}
SCHEMAS: dict[str, Any] = {
    "RollCall": shape("token drill running started_at", **CALL),
    "RollCallMark": shape(
        "key subject state by said_at at withdraws",
        key=KEY,
        subject=SUBJECT,
        state={"enum": list(STATES)},
        by=TEXT,
        said_at=TIME | {"description": "by the device"},
        at=TIME | {"description": "when the desk heard it"},
        withdraws={"type": "array", "items": TEXT},
    ),
    "RollCallPerson": shape(
        "subject kind name state marks",
        subject=SUBJECT,
        kind={"enum": ["visitor", "staff"], "description": "nobody clocks in: staff are only perhaps here"},
        name=TEXT,
        place=TEXT | {"description": "company or department"},
        party_size={"type": "integer"},
        host=MAYBE_TEXT,
        room=MAYBE_TEXT,
        badge=MAYBE_TEXT,
        since=MAYBE_TIME,
        late=FLAG | {"description": "came on the list after the start"},
        state={"enum": list(ORDER), "description": "help outranks safe until it is withdrawn"},
        contested=FLAG | {"description": "wardens say different things"},
        marks=MARKS,
    ),
    "RollCallReport": shape(
        "token counts total found marks",
        **CALL,
        counts=shape(" ".join(ORDER), **{state: {"type": "integer"} for state in ORDER}),
        total={"type": "integer"},
        found={"type": "integer"},
        seconds={"type": ["integer", "null"], "description": "until the last one was found; null while one is missing"},
        missing={"type": "array", "items": SUBJECT},
        marks=MARKS,
    ),
}
NEW = shape("drill", drill=FLAG, key=KEY, at=TIME)
NEW_MARKS = shape(
    "marks",
    marks={
        "type": "array",
        "maxItems": MOST,
        "items": shape(
            "subject state key",
            subject=SUBJECT,
            state={"enum": list(STATES)},
            key=KEY,
            at=TIME | {"description": "when it was said, for marks kept without a desk"},
            withdraws={"type": "array", "items": TEXT, "description": "keys of marks that no longer hold"},
        ),
    },
)


def paths(operation: Any, answer: Any, path: Any) -> dict[str, Any]:
    """The addresses of roll calls, made with the tools of the document."""
    token = [path("token")]
    sorted_out = shape("taken refused", taken={"type": "array", "items": TEXT}, refused={"type": "object"})
    ended = {200: answer("over", "RollCall")}
    return {
        "/roll-calls": {
            "get": operation(
                "The last calls, newest first", WHO, {200: answer("calls", page_of("roll_calls", "RollCall"))}
            ),
            "post": operation(
                "Begin a call with everybody on site, or join the one that runs",
                WHO,
                {201: answer("begun", "RollCall"), 200: answer("runs already", "RollCall")},
                body=NEW,
            ),
        },
        "/roll-calls/{token}": {
            "get": operation(
                "What a call has come to", WHO, {200: answer("a report", "RollCallReport")}, parameters=token
            )
        },
        "/roll-calls/{token}/people": {
            "get": operation(
                "Everybody on the list, and how they stand",
                WHO,
                {200: answer("the list", page_of("people", "RollCallPerson"))},
                parameters=token,
            )
        },
        "/roll-calls/{token}/marks": {
            "post": operation(
                "Marks, each kept once by its key; one that cannot be kept holds up no other",
                WHO,
                {200: answer("what became of them", sorted_out)},
                parameters=token,
                body=NEW_MARKS,
            )
        },
        "/roll-calls/{token}/ending": {
            "post": operation("The call is over; 409 when it was", WHO, ended, parameters=token, body=shape())
        },
    }
