"""Questions to the phone register: one call, what waits, and who is calling by their number or name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import LargeBinary, Select, bindparam, select, type_coerce

from shared import register, relay, visits
from shared.lib import db, text
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.phone.model import Call, CallBack, key_of
from shared.phone.register import REGISTER
from shared.phone.views import COLUMNS, CallView, TryView, view

_C: Any = Call.__table__.c
_T: Any = CallBack.__table__.c
LATELY = 20  # calls that are looked at for who is calling
MOST = 4  # people that one number or name stands for
_SEALED = [type_coerce(_C[name], LargeBinary).label(name) for name in ("number", "content")]
_WHO = select(_C.token, _C.caller_name, _C.caller_company, _C.call_at, _C.offer, _C.erased_at, *_SEALED)
_OF_NUMBER = db.Prepared(_WHO.where(_C.number_key == bindparam("key_")).order_by(_C.id.desc()).limit(LATELY))
_OF_IDS = db.Prepared(_WHO.where(db.among(_C.id)).order_by(_C.id.desc()))  # at most LATELY, which is one turn


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who called or came before: what they wanted lately, newest first, and how many messages are open.

    `token` is the public id of the row they are known by, their last call or visit.
    """

    token: str
    name: str
    company: str
    number: str | None
    at: datetime
    matters: tuple[str, ...] = ()
    open_messages: int = 0


def one(token: str) -> CallView:
    """The call with this public id; NotFound when there is none."""
    found = _views(select(*COLUMNS).where(_C.token == token))
    if not found:
        raise NotFound(_("There is no such call."))
    return found[0]


def many(tokens: Iterable[str]) -> dict[str, CallView]:
    """These calls with their tries, by token."""
    return {call.token: call for call in _views(select(*COLUMNS).where(_C.token.in_(list(tokens))))}


def by_ids(ids: Sequence[int]) -> list[CallView]:
    """These calls with their tries, in the order of the ids."""
    found = {call.id: call for call in _views(select(*COLUMNS).where(_C.id.in_(ids)))}
    return [found[key] for key in ids if key in found]


def waiting() -> list[CallView]:
    """Everybody who is to be called back, the longest waiting first."""
    return _views(select(*COLUMNS).where(_C.state == "missed").order_by(_C.call_at, _C.id))


def callers_of(number: str) -> list[Caller]:
    """Who called from a number before, or left it with a visit; newest first."""
    key = key_of(number)
    with db.looking() as on:
        return _people(_OF_NUMBER.all({"key_": key}, on), visits.left_number(str(key)))


def callers_like(name: str) -> list[Caller]:
    """Who called before and is called like this, by characters, pinyin or company; newest first."""
    with db.looking() as on:
        ids, _following = register.find(REGISTER, name, limit=LATELY)
        return _people([row for some in db.spread(ids) for row in _OF_IDS.all(some, on)], [])


def _people(calls: Sequence[Any], came: Sequence[Any]) -> list[Caller]:
    """The calls by who made them; `came` are the visits with the same number."""
    by: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for call in calls:
        if call.caller_name and call.erased_at is None:
            by[call.caller_name, call.caller_company].append(call)
    lately = sorted(by.values(), key=lambda some: some[0].call_at, reverse=True)
    found, known = [_caller(some) for some in lately[:MOST]], {some[0].caller_name for some in lately}
    for visit in came:
        if visit.visitor_name not in known:
            known.add(visit.visitor_name)
            found.append(Caller(visit.token, visit.visitor_name, visit.visitor_company, None, visit.created_at))
    return sorted(found, key=lambda caller: caller.at, reverse=True)[:MOST]


def _caller(calls: Sequence[Any]) -> Caller:
    newest = calls[0]
    said = (text.unseal(call.content) for call in calls if call.content)  # no more of it than is shown
    matters = tuple(islice(filter(None, said), 2))
    unfinished = sum(relay.unfinished(f"phone:{call.token}") for call in calls[:MOST] if call.offer)
    number = text.unseal(newest.number) if newest.number else None
    return Caller(newest.token, newest.caller_name, newest.caller_company, number, newest.call_at, matters, unfinished)


def _views(query: Select[Any]) -> list[CallView]:
    with db.looking() as on:
        rows = on.execute(query).all()
        tries: dict[int, list[TryView]] = defaultdict(list)
        ids = [row.id for row in rows if row.outcome == "missed"]
        mine = select(_T).where(_T.call_id.in_(ids), _T.undone.is_(False)).order_by(_T.id)
        for row in on.execute(mine) if ids else ():
            tries[row.call_id].append(TryView(row.at, row.by, row.result, row.note or ""))
    return [view(row, tuple(tries[row.id])) for row in rows]
