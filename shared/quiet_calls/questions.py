"""Questions to quiet calls: whether one runs, what was said, who would be called."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from shared import directory
from shared.directory import PersonView
from shared.lib import db
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.quiet_calls.model import QuietAnswer, QuietCall, Responder
from shared.quiet_calls.views import COLUMNS, Answer, QuietView

_C: Any = QuietCall.__table__.c
_RUNNING = db.Prepared(select(_C.token).where(_C.running == 1))


def running() -> QuietView | None:
    """The call that runs now."""
    with db.looking() as on:
        row = _RUNNING.first({}, on)
        return one(row.token) if row is not None else None


def one(token: str) -> QuietView:
    """The call with this token; NotFound when there is none."""
    found = _calls(select(*COLUMNS).where(_C.token == token))
    if not found:
        raise NotFound(_("There is no such call."))
    return found[0]


def last(limit: int = 12) -> list[QuietView]:
    """The last calls, newest first; the one that runs among them."""
    return _calls(select(*COLUMNS).order_by(_C.id.desc()).limit(limit))


def note_of(call: QuietView) -> str:
    """What was written when it ended."""
    with db.reading() as session:
        return session.scalar(select(QuietCall.note).where(QuietCall.id == call.id)) or ""


def responders() -> list[PersonView]:
    """Who is called, in order: whoever of those that were chosen works here."""
    with db.reading() as session:
        chosen = session.scalars(select(Responder.person_id).order_by(Responder.place))
        found = [directory.person(one) for one in chosen]
    return [one for one in found if one is not None and one.active]


def _calls(query: Any) -> list[QuietView]:
    with db.reading() as session:
        rows: list[Any] = list(session.execute(query))
        said: dict[int, list[Answer]] = defaultdict(list)
        answers = select(QuietAnswer).where(QuietAnswer.call_id.in_([row.id for row in rows]))
        for answer in session.scalars(answers.order_by(QuietAnswer.id)):
            said[answer.call_id].append(Answer(answer.person_id, answer.says, answer.at))
    return [replace(QuietView(*row), answers=tuple(said[row.id])) for row in rows]
