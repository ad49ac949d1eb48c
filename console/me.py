"""Each employee's own page: who is waiting for them, one tap to answer, and who comes today."""

from collections.abc import Callable
from typing import Annotated, Any

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from console.mine import mine
from shared import accounts, alerts, company, directory, visits
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.errors import Forbidden, NotFound
from shared.lib.i18n import _
from shared.visits import VisitView
from shared.visits.changing import Done

blueprint = Blueprint("me", __name__, template_folder="templates")
FOUND = 6


def _ref(value: Any) -> Any:
    return value.get("ref") if isinstance(value, dict) else value


class Answer(BaseModel):
    """What somebody says about a visitor of theirs: an answer, or minutes alone; `to` is who goes instead."""

    model_config = ConfigDict(frozen=True)

    answer: str = Field("", max_length=20)
    minutes: int | None = None
    to: Annotated[str | None, BeforeValidator(_ref)] = Field(None, max_length=300)

    @property
    def kind(self) -> str:
        return self.answer or ("minutes" if self.minutes is not None else "")


class Receipt(BaseModel):
    """Alerts that a page shows; `seen` when somebody has it before them."""

    model_config = ConfigDict(frozen=True)

    tokens: list[Annotated[str, Field(max_length=43)]] = Field(max_length=50)
    seen: bool = False


class Asked(BaseModel):
    """What a page has already, and which alert it shows large."""

    since: int = 0
    alert: str = Field("", max_length=43)
    poll: bool = False


class Search(BaseModel):
    """Somebody who could go instead."""

    q: str = Field("", max_length=80)


def me() -> int:
    """The person who is asking."""
    person_id = actor().person_id
    if person_id is None:
        raise NotFound(_("This account has no page of its own: it is not linked to anybody in the directory."))
    return person_id


@web.route(blueprint, "/me", needs="me")
def page() -> ResponseReturnValue:
    """The page, as it is now."""
    return web.render(
        "console/me.html",
        mine=mine(me(), web.query(Asked).alert),
        company=company.facts().spoken(i18n.language()),
        remembered=_remembered(),
        notice=request.args.get("notice", ""),
    )


@web.route(blueprint, "/me/now", needs="me")
def now() -> ResponseReturnValue:
    """The part of the page that changes; 204 when it shows everything already."""
    asked = web.query(Asked)
    if asked.poll:
        alerts.page_asked(me())
    if asked.since and asked.since >= alerts.last_seq(me()):
        return Response(status=204)
    shown = mine(me(), asked.alert)
    return web.fragment(web.render("console/_me.html", mine=shown), shown.seq)


@web.route(blueprint, "/me/receipts", needs="me", methods=("POST",))
def receipts() -> ResponseReturnValue:
    """The page says which alerts it shows, and whether somebody looks at it."""
    told = web.form(Receipt)
    alerts.received(me(), told.tokens, seen=told.seen)
    return Response(status=204)


@web.route(blueprint, "/me/alerts/<token>/answer", needs="alerts.answer", methods=("POST",))
def answer(token: str) -> ResponseReturnValue:
    """One tap: kept, and the visitor hears it."""
    person_id, said = me(), web.form(Answer)

    def keep() -> dict[str, Any]:
        done = alerts.answer(token, person_id, said.kind, said.minutes, said.to, via="me")
        return {"id": done.token, "state": done.state, "answer": done.answer, "minutes": done.minutes}

    if web.wants_json():
        return web.once(keep)
    keep()
    return redirect(f"/me?alert={token}", 303)


@web.route(blueprint, "/me/alerts/<token>/colleague", needs="me")
def colleague(token: str) -> ResponseReturnValue:
    """Who could go instead: the deputy first, then whoever is searched for; a page, or the rows alone."""
    alert = alerts.one(token)
    if alert.person_id != me():
        raise Forbidden(_("Somebody else was asked."))
    wanted = web.query(Search).q
    found = [one for one in directory.find(wanted, limit=FOUND + 1) if one.id != me()][:FOUND]
    deputy = directory.deputy_of(me())
    people = found if wanted else [deputy] if deputy else []
    rows = [(one, directory.ref_of(one)) for one in people]
    template = "console/_colleagues.html" if request.args.get("rows") else "console/colleague.html"
    return web.render(template, alert=alert, rows=rows, q=wanted, deputy=deputy)


@web.route(blueprint, "/me/visits/<token>/meeting", needs="me", methods=("POST",))
def meet(token: str) -> ResponseReturnValue:
    """The host has the visitor with them."""
    return _kept(lambda: visits.admit(_own(token).token))


@web.route(blueprint, "/me/visits/<token>/departure", needs="me", methods=("POST",))
def see_off(token: str) -> ResponseReturnValue:
    """The host has seen the visitor to the door (procedure 一.1.5)."""
    return _kept(lambda: visits.depart(_own(token).token, how="host"))


def _kept(act: Callable[[], Done]) -> ResponseReturnValue:
    def keep() -> dict[str, Any]:
        done = act()
        return {"token": done.token, "state": done.state, "seq": done.seq}

    if web.wants_json():
        return web.once(keep)
    keep()
    return redirect("/me", 303)


def _own(token: str) -> VisitView:
    """A visit of the one who is asking; anybody else's is not there."""
    visit = visits.by_token(token)
    if visit.host_id != me():
        raise NotFound(_("This visit is not in the register."))
    return visit


def _remembered() -> str:
    """Until when this device stays signed in; empty when it is signed in for the day only."""
    for session in accounts.sessions():
        if session.id == actor().session_id and session.kind == "remembered":
            return i18n.format_date(session.expires_at)
    return ""
