"""A repeated key repeats the answer: one act however often the network makes the client ask."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, request
from sqlalchemy import Integer, String, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import UTC, Base, Sealed
from shared.lib.errors import Conflict, Invalid
from shared.lib.i18n import _

KEEP_DAYS = 30


class Repeat(Base):
    """An answered key: scoped to the credential, kept for 30 days, its answer sealed."""

    __tablename__ = "idempotency"
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    body: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    answer: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UTC, index=True)


_R: Any = Repeat.__table__.c
_FIND = db.Prepared(select(_R.body, _R.answer).where(_R.scope == bindparam("scope_"), _R.key == bindparam("key_")))
_KEEP = db.PreparedInsert(Repeat)


@db.act
def forget_old() -> int:
    """Forgets the keys of more than 30 days ago; says how many."""
    gone: Any = db.connection().execute(delete(Repeat).where(Repeat.at < db.act_time() - timedelta(days=KEEP_DAYS)))
    return int(gone.rowcount)


def older(before: datetime) -> int:
    """How many keys are from before a moment."""
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Repeat).where(Repeat.at < before)) or 0


def naming(words: Collection[str]) -> list[tuple[str, str]]:
    """The answered keys whose answer holds one of these words: they go with whoever is forgotten before their time."""
    written = [json.dumps(word)[1:-1] for word in words]
    with db.reading() as session:
        rows = session.execute(select(Repeat.scope, Repeat.key, Repeat.answer))
        return [(row.scope, row.key) for row in rows if any(word in row.answer for word in written)]


def forget_keys(keys: Iterable[tuple[str, str]]) -> None:
    """Forgets these. Only inside an act."""
    for scope, key in keys:
        db.connection().execute(delete(Repeat).where(Repeat.scope == scope, Repeat.key == key))


def once(act: Callable[[], Any], *, status: int = 200) -> Response:
    """Runs `act` (which gives JSON) durably; the same Idempotency-Key and body again gives the same answer with 200.

    A plain form has the key as its field `once`.
    """
    key = request.headers.get("Idempotency-Key", "") or request.form.get("once", "")
    if not key:
        return _json(db.write(act), status)
    if len(key) > 100 or not key.isascii() or not key.isprintable():
        raise Invalid(
            _("The Idempotency-Key is not readable."), fields={"Idempotency-Key": _("At most 100 characters.")}
        )
    scope, body = f"{actor().ref} {request.method} {request.url_rule}", _hash()
    answer, code = db.write(lambda: _first_or_repeat(act, scope, key, body, status))
    return _json(answer, code)


def _first_or_repeat(act: Callable[[], Any], scope: str, key: str, body: str, status: int) -> tuple[Any, int]:
    earlier = _FIND.first({"scope_": scope, "key_": key})
    if earlier is not None:
        if earlier.body != body:
            raise Conflict(_("This key was used for something else."), code="key-reused")
        return json.loads(earlier.answer), 200
    answer = act()
    _KEEP.run(
        {"scope": scope, "key": key, "body": body, "status": status, "answer": json.dumps(answer), "at": db.act_time()}
    )
    return answer, status


def _hash() -> str:
    """Hash of what was sent: JSON without regard to order and space, a form field by field."""
    if request.mimetype == "application/json":
        try:
            plain = json.dumps(json.loads(request.get_data() or b"{}"), sort_keys=True).encode()
        except (ValueError, RecursionError):
            plain = request.get_data()
    else:
        plain = repr(sorted(request.form.items(multi=True))).encode() + str(request.path).encode()
    return hashlib.sha256(plain + str(request.view_args or "").encode()).hexdigest()


def _json(answer: Any, status: int) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), status=status, mimetype="application/json")
