"""Alerts outside the own page: the link of an e-mail that answers one of them, and the API."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from console import mine_quiet
from console.me import Answer, me
from console.mine import call_of
from console.mine_backup import link_page
from shared import alerts, directory
from shared.alerts import AlertView, DeliveryView, Held
from shared.lib import i18n, web
from shared.lib.actor import Actor, acting_as, actor
from shared.lib.clock import rfc3339
from shared.lib.errors import Forbidden
from shared.lib.forms import CURSOR
from shared.lib.i18n import _

blueprint = Blueprint("alerts", __name__, template_folder="templates")


class Page(BaseModel):
    """Which alerts, and how many."""

    state: str = ""
    after: str = Field("", pattern=CURSOR)
    limit: int = Field(50, ge=1, le=200)


@web.route(blueprint, "/a/<signed>", needs="public")
def show(signed: str) -> ResponseReturnValue:
    """Shows what can be answered; looking at it answers nothing."""
    held, alert = _held(signed)
    said = web.query(Answer)
    return _page(signed, held, alert, said)


@web.route(blueprint, "/a/<signed>", needs="public", methods=("POST",))
def answer(signed: str) -> ResponseReturnValue:
    """Answers for the person the link was made for."""
    held, alert = _held(signed)
    web.limit("answer link", "30/minute", held.alert)
    said = web.form(Answer)
    if alerts.over(held.alert):
        return _page(signed, held, alert, said)
    with acting_as(Actor("link", held.person_id, roles=frozenset({"link"}), person_id=held.person_id)):
        alerts.answer(held.alert, held.person_id, said.kind, said.minutes, said.to, via="link")
    return _page(signed, held, alerts.one(held.alert), Answer(), just=True)


@web.route(blueprint, "/api/v1/alerts", needs="alerts.read")
def api_page() -> ResponseReturnValue:
    """Alerts, newest first, with what became of each channel."""
    asked = web.query(Page)
    rows, following = alerts.page(state=asked.state, after=asked.after, limit=asked.limit)
    return {"alerts": [as_json(row) for row in rows], "next": following}


@web.route(blueprint, "/api/v1/alerts/<token>/answer", needs="alerts.answer", methods=("POST",))
def api_answer(token: str) -> ResponseReturnValue:
    """The person concerned answers; the same key again answers the same."""
    person_id, said = me(), web.form(Answer)

    def keep() -> dict[str, Any]:
        alerts.answer(token, person_id, said.kind, said.minutes, said.to, via=_via())
        return as_json(alerts.one(token))

    return web.once(keep)


def as_json(alert: AlertView) -> dict[str, Any]:
    """An alert as a program reads it."""
    person, colleague = alert.person, alert.colleague
    return {
        "id": alert.token,
        "kind": alert.kind,
        "subject": alert.subject,
        "state": alert.state,
        "person": {"name": person.name, "department": person.department} if person else None,
        "count": alert.count,
        "answer": alert.answer,
        "minutes": alert.minutes,
        "answered_at": rfc3339(alert.answered_at),
        "answered_via": alert.via or None,
        "passed_to": {"name": colleague.name, "department": colleague.department} if colleague else None,
        "created_at": rfc3339(alert.created_at),
        "expires_at": rfc3339(alert.expires_at),
        "deliveries": [_delivery(one) for one in alert.deliveries],
    }


def _delivery(one: DeliveryView) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "state": one.state,
        "at": rfc3339(one.at),
        "reason": one.reason,
        "detail": one.detail or None,
        "attempts": one.attempts,
        "next_at": rfc3339(one.next_at),
    }


def _via() -> str:
    return "api" if actor().kind == "token" else "me"


def _held(signed: str) -> tuple[Held, AlertView]:
    """What the link is for; another person who is signed in gets nothing of it."""
    held = alerts.read(signed)
    if actor().kind == "account" and actor().person_id != held.person_id:
        raise Forbidden(_("This link is for somebody else. Sign out first."))
    alert = alerts.one(held.alert)
    if alert.person_id != held.person_id:
        raise Forbidden(_("This link is for somebody else. Sign out first."))
    return held, alert


def _page(signed: str, held: Held, alert: AlertView, said: Answer, *, just: bool = False) -> ResponseReturnValue:
    """The page of a link: what can be answered, what was, or why it is over (410)."""
    person = directory.person(held.person_id)
    over = "" if just else alerts.over(alert.token)
    if alert.kind == "quiet":
        return mine_quiet.link_page(signed, alert, over)
    if alert.kind in ("backup", "watch", "filing", "overdue"):
        return link_page(signed, alert, over)
    page = web.render(
        "console/answer.html",
        call=call_of(alert),
        signed=signed,
        over=over,
        said=said,
        just=just,
        name=person.spoken(i18n.language()) if person else "",
        answered=alerts.answer_name(alert.answer, alert.minutes, _colleague(alert)),
    )
    return page, 410 if over else 200


def _colleague(alert: AlertView) -> str:
    return alert.colleague.spoken(i18n.language()) if alert.colleague else ""
