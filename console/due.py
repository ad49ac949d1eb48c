"""Due now: everything that runs, by when it is due, with the one tap that settles it (procedure 0.7)."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import fragments
from console.fragments import Fragment, Key
from shared import deadlines
from shared.deadlines import Done, Due
from shared.lib import clock, db, i18n, web
from shared.lib.clock import rfc3339
from shared.lib.forms import CURSOR

blueprint = Blueprint("due", __name__, template_folder="templates")


WHO = "%(who)s"
SOON = timedelta(hours=1)
SHOWN = timedelta(seconds=8)  # for which a settled row stays, so that it can be taken back
MOST_LATER = 6
_DAY = {"zh_Hans": "M/d", "en": "d MMM"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: about whom, what is to be done, and what its button sends where.

    `what` may hold %(who)s where the name belongs; otherwise the name comes first. Once it is settled the row says
    `done` (the words of the button, when not given) and `after` instead of the clause: what comes next.
    """

    who: str
    what: str
    button: str = ""
    address: str = ""
    body: Mapping[str, Any] | None = None
    then: str = ""
    visit: str = ""
    done: str = ""
    after: str = ""
    sheet: str = ""

    @property
    def look(self) -> str:
        """What opens when the row is looked at closely; empty when there is nothing more."""
        return self.sheet or (f"/console/visits/{self.visit}" if self.visit else "")

    @property
    def line(self) -> tuple[str, str]:
        """What stands before and after the name."""
        before, named, after = self.what.partition(WHO)
        return (before, after) if named else ("", f" {self.what}")

    @property
    def words(self) -> str:
        """The whole line, as it is read aloud."""
        return self.who.join(self.line)


@dataclass(frozen=True, slots=True)
class Row:
    """A clock that runs or was met a moment ago, and what its row says."""

    due: Due
    said: Said
    colour: str

    @property
    def met(self) -> datetime | None:
        return self.due.met if isinstance(self.due, Done) else None

    @property
    def shown_until(self) -> datetime | None:
        """When a settled row leaves."""
        return self.met + SHOWN if self.met else None


@dataclass(frozen=True, slots=True)
class Later:
    """Something that comes later today: when, what, and where to look at it."""

    at: datetime
    words: str
    address: str = ""

    @property
    def when(self) -> str:
        """The time, with the day when it is not today."""
        at = i18n.format_time(self.at)
        if i18n.today(self.at) == i18n.today(clock.now()):
            return at
        return f"{i18n.format_date(self.at, _DAY[i18n.language()])} {at}"


NOT_YET = timedelta(days=1)  # what begins later than that, like the filing of a year, is nobody's yet
Describe = Callable[[Sequence[Due], bool], Mapping[int, Said]]
Coming = Callable[[bool], Sequence[Later]]
_describe: dict[str, Describe] = {}
_coming: list[Coming] = []
_kept: OrderedDict[Any, tuple[Row, str]] = OrderedDict()
MOST_KEPT = 2000


class DeadlineQuery(BaseModel):
    """Which deadlines, and how many."""

    model_config = ConfigDict(extra="ignore")
    state: Literal["open", "met", "dropped"] = "open"
    after: str = Field("", pattern=CURSOR)
    limit: int = Field(50, ge=1, le=200)


def describe_with(kind: str, describe: Describe) -> None:
    """Tells what rows about subjects of a kind (`visit`, `room` …) say, by their ids; names are short when masked.

    A row that nobody describes, or that is not in the answer, is not on the list.
    """
    _describe[kind] = describe


def comes_with(coming: Coming) -> None:
    """Adds to what comes later today; names are short when masked."""
    _coming.append(coming)


def rows(*, masked: bool) -> list[Row]:
    """Everything that is due or was settled a moment ago, described in the reader's language, by when it is due."""
    moment = clock.now()
    everything = [*deadlines.open_now(), *deadlines.done_lately(SHOWN)]
    running = [one for one in everything if one.starts <= moment + NOT_YET]
    running.sort(key=lambda one: (one.due, one.red >= moment, one.id))
    of_kind: dict[str, list[Due]] = defaultdict(list)
    for one in running:
        of_kind[one.subject.partition(":")[0]].append(one)
    said: dict[int, Said] = {}
    for kind, some in of_kind.items():
        if kind in _describe:
            said |= _describe[kind](some, masked)
    return [Row(one, said[one.id], _colour(one, moment)) for one in running if one.id in said]


def _colour(one: Due, moment: datetime) -> str:
    return "done" if isinstance(one, Done) else one.colour(moment)


def _is_now(row: Row, moment: datetime) -> bool:
    """What is calm for an hour and more belongs to later today."""
    return row.colour != "calm" or row.due.due - moment <= SOON


def later(waiting: Sequence[Row], *, masked: bool) -> list[Later]:
    """What comes later today: clocks that are calm for long, and what others announce."""
    found = [Later(row.due.due, row.said.words, row.said.look) for row in waiting]
    for coming in _coming:
        found += coming(masked)
    return sorted(found, key=lambda one: one.at)


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
    _language, _writes, masked = asked
    moment, found = clock.now(), rows(masked=masked)
    shown = [row for row in found if _is_now(row, moment)]
    running = [row for row in shown if row.colour != "done"]
    coming = later([row for row in found if not _is_now(row, moment)], masked=masked)
    following = next((Later(row.due.due, row.said.words) for row in running if row.colour in ("calm", "soon")), None)
    template = current_app.jinja_env.get_template("console/_due.html")
    return template.render(
        fragments.context(), seq=seq, rows=[_html(row, asked) for row in shown], open=len(running), masked=masked,
        later=coming, next=following or next(iter(coming), None),
        more=MOST_LATER, counts=Counter(row.colour for row in running),
    )  # fmt: skip


def _html(row: Row, asked: Key) -> str:
    """The row as it was rendered before, unless something it is made from differs."""
    key, known = (row.due.id, asked), _kept.get((row.due.id, asked))
    if known is not None and known[0] == row:
        return known[1]
    _language, writes, masked = asked
    macros: Any = current_app.jinja_env.get_template("console/_due_row.html").module
    html = str(macros.line(row, writes and not masked, masked))
    _kept[key] = (row, html)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return html


due_now = Fragment(_render)
due_now.serve(blueprint, "/console/due", needs="deadlines.read")
rendered = due_now.html
db.when_closed(_kept.clear)
