"""What the API says of quiet calls: addresses and shapes."""

from typing import Any

from console.openapi.schemas import TEXT, TIME, page_of, shape
from shared.quiet_calls import SAYS

FLAG = {"type": "boolean"}
WHO = "receptionist, backup receptionist"
SCHEMAS: dict[str, Any] = {
    "QuietCall": shape(
        "token drill running false_alarm begun_at answers",
        token=TEXT | {"description": "public id; grants nothing"},
        drill=FLAG,
        running=FLAG,
        false_alarm=FLAG,
        begun_at=TIME,
        begun_by=TEXT,
        ended_at={"type": ["string", "null"], "format": "date-time"},
        answers={
            "type": "array",
            "items": shape("name says at", name=TEXT, says={"enum": list(SAYS)}, at=TIME),
            "description": "of those who were called",
        },
    )
}
ENDING = shape("", false_alarm=FLAG, note=TEXT | {"maxLength": 500, "description": "needed unless it was none"})


def paths(operation: Any, answer: Any, path: Any) -> dict[str, Any]:
    """The addresses of quiet calls, made with the tools of the document."""
    calls = {200: answer("calls", page_of("quiet_calls", "QuietCall"))}
    begun = {201: answer("begun", "QuietCall"), 200: answer("one of the last ten minutes rings", "QuietCall")}
    return {
        "/quiet-calls": {
            "get": operation("The last quiet calls, newest first", WHO, calls),
            "post": operation("Call help to the desk without a word", WHO, begun, body=shape("", drill=FLAG)),
        },
        "/quiet-calls/{token}/ending": {
            "post": operation(
                "The call is over, or was a false alarm; 409 when it was over",
                WHO,
                {200: answer("over", "QuietCall")},
                parameters=[path("token")],
                body=ENDING,
            )
        },
    }
