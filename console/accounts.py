"""Who may sign in, with which roles: seen and changed by administrators, who say who they are every half hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from console.again import again, blank
from shared import accounts, directory
from shared.lib import web
from shared.lib.errors import Invalid
from shared.lib.i18n import _

blueprint = Blueprint("accounts", __name__, template_folder="templates")
View = Callable[..., ResponseReturnValue]


class Worker(BaseModel):
    """The name in the directory of whoever the account is for."""

    person: str = ""


def confirmed(view: View) -> View:
    """Asks for the password once more when the last time is more than half an hour ago."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if web.wants_json() or accounts.confirmed_lately():
            accounts.need_confirmation()
            return view(*args, **kwargs)
        page = request.path if request.method == "GET" else "/".join(request.path.split("/")[:3])
        return redirect(f"/sign-in/confirm?next={quote(page)}", 303)

    return checked


@web.route(blueprint, "/console/accounts", needs="accounts.manage")
@confirmed
def everybody() -> ResponseReturnValue:
    """Accounts by name; open ones first."""
    known = sorted(accounts.accounts(), key=lambda one: one.disabled_at is not None)
    return web.render("console/accounts.html", accounts=known, roles=accounts.ROLES, here="accounts")


@web.route(blueprint, "/console/accounts/new", needs="accounts.manage")
@confirmed
def new() -> ResponseReturnValue:
    """Name, roles, and whose account it is."""
    person = directory.by_token(request.args["person"]) if request.args.get("person") else None
    typed = {"name": person.name, "person": person.name} if person else {}
    return web.render("console/account_new.html", **blank() | {"typed": typed}, chosen=(), **_around())


@web.route(blueprint, "/console/accounts", needs="accounts.manage", methods=("POST",))
@confirmed
def add() -> ResponseReturnValue:
    """Makes the account; a link lets its owner choose a password."""

    def work() -> ResponseReturnValue:
        form = web.form(accounts.NewAccount)
        person = _worker(web.form(Worker).person)
        contact = directory.contact(person.id) if person else None
        linked = {
            "person_id": person.id if person else None,
            "email": form.email or (contact.email if contact else None),
        }
        made = accounts.add_account(form.model_copy(update=linked))
        return _one(made.token, link=accounts.create_reset_link(made.token))

    return again("console/account_new.html", work, chosen=request.form.getlist("roles[]"), **_around())


@web.route(blueprint, "/console/accounts/<token>", needs="accounts.manage")
@confirmed
def one(token: str) -> ResponseReturnValue:
    """One account, to be changed."""
    return _one(token)


@web.route(blueprint, "/console/accounts/<token>", needs="accounts.manage", methods=("POST",))
@confirmed
def change(token: str) -> ResponseReturnValue:
    """Name, e-mail and roles."""
    known = accounts.account(token)

    def work() -> ResponseReturnValue:
        accounts.change_account(token, web.form(accounts.AccountChange))
        return redirect(f"/console/accounts/{token}?done=changed", 303)

    chosen = request.form.getlist("roles[]")
    return again("console/account_one.html", work, known=known, chosen=chosen, link="", done="", **_around())


@web.route(blueprint, "/console/accounts/<token>/closure", needs="accounts.manage", methods=("POST",))
@confirmed
def close(token: str) -> ResponseReturnValue:
    """Shuts the account; it is signed out everywhere."""
    accounts.disable(token)
    return redirect(f"/console/accounts/{token}?done=closed", 303)


@web.route(blueprint, "/console/accounts/<token>/opening", needs="accounts.manage", methods=("POST",))
@confirmed
def reopen(token: str) -> ResponseReturnValue:
    """Opens it again."""
    accounts.enable(token)
    return redirect(f"/console/accounts/{token}?done=opened", 303)


@web.route(blueprint, "/console/accounts/<token>/link", needs="accounts.manage", methods=("POST",))
@confirmed
def give_link(token: str) -> ResponseReturnValue:
    """A link for choosing a password, shown once."""
    return _one(token, link=accounts.create_reset_link(token))


def _one(token: str, link: str = "") -> str:
    known = accounts.account(token)
    shown = {"known": known, "chosen": known.roles, "link": link, "done": request.args.get("done", "")}
    return web.render("console/account_one.html", **blank(), **shown, **_around())


def _around() -> dict[str, Any]:
    return {"roles": accounts.ROLES, "here": "accounts"}


def _worker(written: str) -> directory.PersonView | None:
    """Who is meant; Invalid when nobody or several in the directory have that name."""
    if not written.strip():
        return None
    found = [one for one in directory.find(written, limit=2) if one.name == written.strip()] or [
        one for one in (directory.resolve_text(written),) if one
    ]
    if len(found) != 1:
        sentence = _("Nobody, or more than one, has this name in the directory. Open the account from there.")
        raise Invalid(sentence, fields={"person": sentence})
    return found[0]
