"""Wardens mark whom they find: every mark is kept once, whenever and however often it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shared import journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, NotFound
from shared.lib.i18n import _
from shared.roll_call import listing, questions
from shared.roll_call.acts import add_all, on_list
from shared.roll_call.forms import MarkForm, MarksForm
from shared.roll_call.model import Mark, OnCall
from shared.roll_call.views import CallView

TAKES_MARKS = timedelta(hours=24)  # after the end, from a device that had no desk
_ADD = db.PreparedInsert(Mark, returning="id")


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of marks that were sent: keys that are kept, and sentences for those that cannot be."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@db.act
def mark(name: str, form: MarksForm) -> Marked:
    """Keeps marks, each once however often it is sent. Gone a day after the end of the call."""
    call = questions.one(name)
    if call.ended_at is not None and act_time() > call.ended_at + TAKES_MARKS:
        raise Gone(_("This roll call ended more than a day ago."))
    made, heard = Marked(), _Heard(call, form.marks)
    for one in form.marks:
        try:
            heard.take(one)
            made.taken.append(one.key)
        except (NotFound, Conflict) as refusal:
            made.refused[one.key] = refusal.sentence
    if heard.new:
        _ADD.each(heard.new)
        journal.record("roll_call.marked", call.subject, new=len(heard.new))
    return made


class _Heard:
    """What is known of the marks that were sent together: those that were heard before, and who is on the list."""

    def __init__(self, call: CallView, forms: Sequence[MarkForm]) -> None:
        self.call, self.new = call, list[dict[str, Any]]()
        said = (Mark.roll_call_id == call.id, Mark.key.in_({one.key for one in forms}))
        rows = db.session().execute(select(Mark.key, Mark.on_call_id, Mark.state, Mark.by).where(*said))
        self.said = {row.key: (row.on_call_id, row.state, row.by) for row in rows}
        listed = (OnCall.roll_call_id == call.id, OnCall.subject.in_({one.subject for one in forms}))
        people = db.session().execute(select(OnCall.subject, OnCall.id).where(*listed))
        self.listed: dict[str, int] = {row.subject: row.id for row in people}

    def take(self, form: MarkForm) -> None:
        """Keeps it when it is new; Conflict when its key was used for another mark, NotFound when nobody is meant."""
        if form.subject not in self.listed:
            self.listed[form.subject] = _added(self.call, form.subject)
        mark, is_new = (self.listed[form.subject], form.state, actor().ref), form.key not in self.said
        if self.said.setdefault(form.key, mark) != mark:
            raise Conflict(_("This key was used for something else."), code="key-reused")
        if is_new:
            self.new.append(self._row(form))

    def _row(self, form: MarkForm) -> dict[str, Any]:
        return {
            "roll_call_id": self.call.id,
            "on_call_id": self.listed[form.subject],
            "key": form.key,
            "state": form.state,
            "by": actor().ref,
            "said_at": form.said_at(act_time()),
            "at": act_time(),
            "withdraws": list(form.withdraws),
        }


def _added(call: CallView, subject: str) -> int:
    """Whoever was on the list of a device, and has left the register's meanwhile, is on this one too."""
    add_all(call, [listing.of(subject)], late=True)
    journal.record("roll_call.person_added", call.subject)
    found = on_list(call, subject)
    assert found is not None
    return found
