"""Due now: everything that runs, by when it is due, with the one tap that settles it (procedure 0.7)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import fragments
from console.fragments import Fragment, Key
from shared import deadlines
from shared.deadlines import Done, Due
from shared.lib import clock, web
from shared.lib.clock import rfc3339

blueprint = Blueprint("due", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: about whom, what is to be done, and what its button sends where."""

    who: str
    what: str
    button: str = ""
    address: str = ""
    body: Mapping[str, Any] | None = None
    then: str = ""
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A clock that runs, and what its row says."""

    due: Due
    said: Said
    colour: str


Describe = Callable[[Sequence[Due], bool], Mapping[int, Said]]
_describe: dict[str, Describe] = {}


class DeadlineQuery(BaseModel):
    """Which deadlines, and how many."""

    model_config = ConfigDict(extra="ignore")
    state: Literal["open", "met", "dropped"] = "open"
    after: str = Field("", pattern=r"^\d{0,18}$")
    limit: int = Field(50, ge=1, le=200)


def describe_with(kind: str, describe: Describe) -> None:
    """Tells what rows about subjects of a kind (`visit`, `room` …) say, by their ids; names are short when masked.

    A row that nobody describes, or that is not in the answer, is not on the list.
    """
    _describe[kind] = describe


def rows(*, masked: bool) -> list[Row]:
    """Everything that is due, described in the reader's language."""
    moment, running = clock.now(), deadlines.open_now()
    of_kind: dict[str, list[Due]] = defaultdict(list)
    for one in running:
        of_kind[one.subject.partition(":")[0]].append(one)
    said: dict[int, Said] = {}
    for kind, some in of_kind.items():
        if kind in _describe:
            said |= _describe[kind](some, masked)
    return [Row(one, said[one.id], one.colour(moment)) for one in running if one.id in said]


@web.route(blueprint, "/api/v1/deadlines", needs="deadlines.read")
def api_page() -> ResponseReturnValue:
    """What runs by when it is due; what was met or dropped, the newest first, page after page."""
    asked = web.query(DeadlineQuery)
    if asked.state == "open":
        return jsonify(deadlines=[shape(one) for one in deadlines.open_now()], next=None)
    found, following = deadlines.page(asked.state, after=int(asked.after or 0), limit=asked.limit)
    return jsonify(deadlines=[shape(one) for one in found], next=following)


def shape(one: Due) -> dict[str, Any]:
    """A deadline as programs read it."""
    done = one if isinstance(one, Done) else None
    return {
        "id": one.id,
        "key": one.key,
        "clause": {"number": one.clause.number or None, "label": one.clause.label, "words": one.clause.words},
        "name": one.clock.name,
        "subject": one.subject,
        "state": done.state if done else "open",
        "starts_at": rfc3339(one.starts),
        "warn_at": rfc3339(one.warn),
        "due_at": rfc3339(one.due),
        "red_at": rfc3339(one.red),
        "breach_at": rfc3339(one.breach),
        "met_at": rfc3339(done.met) if done else None,
        "met_by": (done.met_by or None) if done else None,
        "in_time": done.in_time if done and done.met else None,
        "dropped_at": rfc3339(done.dropped) if done else None,
        "reason": (done.reason or None) if done else None,
    }


def _render(asked: Key, seq: int) -> str:
    _language, writes, masked = asked
    template = current_app.jinja_env.get_template("console/_due.html")
    return template.render(fragments.context(), seq=seq, rows=rows(masked=masked), writes=writes and not masked)


due_now = Fragment(_render)
due_now.serve(blueprint, "/console/due", needs="deadlines.read")
rendered = due_now.html
