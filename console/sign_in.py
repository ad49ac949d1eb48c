"""The door: signing in and out, links by e-mail, the password once more, and setting up the desk."""

from flask import Blueprint, Response, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from console.again import again, blank, inside
from shared import accounts, company
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import NotFound
from shared.lib.i18n import _

blueprint = Blueprint("sign_in", __name__, template_folder="templates")


class Email(BaseModel):
    """Where a link should go."""

    email: str = Field(min_length=3, max_length=254)


class Remember(BaseModel):
    """Whether this is one's own phone."""

    remember: bool = False


@web.route(blueprint, "/sign-in", needs="public")
def door() -> ResponseReturnValue:
    """Name and password; whoever is signed in already goes on."""
    goal = inside(request.args.get("next", ""))
    if actor().kind == "account" and not goal:
        return redirect(home(actor().roles))
    return web.render("console/sign_in.html", **blank(), next=goal, mail=bool(settings().smtp_url))


@web.route(blueprint, "/sign-in", needs="public", methods=("POST",))
def sign_in() -> ResponseReturnValue:
    """Checks them, and opens a new session."""

    def work() -> Response:
        form = web.form(accounts.SignIn)
        opened = accounts.sign_in(form.login, form.password, remember=form.remember, **_browser())
        return entered(opened, inside(form.next))

    goal = inside(request.form.get("next", ""))
    return again("console/sign_in.html", work, next=goal, mail=bool(settings().smtp_url))


@web.route(blueprint, "/sign-out", needs="public")
def way_out() -> ResponseReturnValue:
    """The button for signing out is on the account page."""
    return redirect("/account" if actor().kind == "account" else "/sign-in")


@web.route(blueprint, "/sign-out", needs="account", methods=("POST",))
def sign_out() -> ResponseReturnValue:
    """Ends this session."""
    accounts.sign_out()
    response: Response = jsonify(signed_in=False) if web.wants_json() else make_response(redirect("/sign-in", 303))
    web.clear_cookie(response, request, accounts.SESSION_COOKIE)
    return response


@web.route(blueprint, "/sign-in/link", needs="public")
def ask_for_link() -> ResponseReturnValue:
    """A sign-in link by e-mail instead of a password."""
    return web.render("console/sign_in_link.html", **blank(), step="ask", mail=bool(settings().smtp_url))


@web.route(blueprint, "/sign-in/link", needs="public", methods=("POST",))
def send_link() -> ResponseReturnValue:
    """Sends one when the address belongs to an account; the answer is the same for every address."""

    def work() -> ResponseReturnValue:
        web.limit("sign-in link", "20/hour", request.remote_addr or "")
        accounts.request_link(web.form(Email).email)
        if web.wants_json():
            return jsonify(sent=True), 202
        return web.render("console/sign_in_link.html", **blank(), step="sent", mail=True)

    return again("console/sign_in_link.html", work, step="ask", mail=bool(settings().smtp_url))


@web.route(blueprint, "/sign-in/link/<secret>", needs="public")
def show_link(secret: str) -> ResponseReturnValue:
    """What the link does, and a button that does it; looking changes nothing."""
    return web.render("console/sign_in_link.html", **blank(), **_held(secret))


@web.route(blueprint, "/sign-in/link/<secret>", needs="public", methods=("POST",))
def use_link(secret: str) -> ResponseReturnValue:
    """Signs in, or keeps the chosen password and signs in."""
    held = _held(secret)

    def work() -> Response:
        if held["step"] == "reset":
            password = web.form(accounts.NewPassword).password
            return entered(accounts.reset_password(secret, password, user_agent=_browser()["user_agent"]))
        seen = {name: _browser()[name] for name in ("user_agent", "previous")}
        return entered(accounts.sign_in_by_link(secret, remember=web.form(Remember).remember, **seen))

    return again("console/sign_in_link.html", work, **held)


@web.route(blueprint, "/sign-in/confirm", needs="account")
def confirm_page() -> ResponseReturnValue:
    """The password once more, before something that matters."""
    return web.render("console/confirm.html", **blank(), next=inside(request.args.get("next", "")))


@web.route(blueprint, "/sign-in/confirm", needs="account", methods=("POST",))
def confirm() -> ResponseReturnValue:
    """It counts for half an hour."""
    goal = inside(request.values.get("next", ""))

    def work() -> ResponseReturnValue:
        password = web.form(accounts.NewPassword).password
        accounts.confirm_password(password, address=request.remote_addr or "")
        return jsonify(confirmed=True) if web.wants_json() else redirect(goal or home(actor().roles), 303)

    return again("console/confirm.html", work, next=goal)


@web.route(blueprint, "/set-up/<secret>", needs="public")
def set_up_page(secret: str) -> ResponseReturnValue:
    """Company, first administrator, first receptionist."""
    _only_set_up(secret)
    return web.render("console/set_up.html", **blank())


@web.route(blueprint, "/set-up/<secret>", needs="public", methods=("POST",))
def set_up(secret: str) -> ResponseReturnValue:
    """Keeps it all in one act; the administrator is signed in."""
    _only_set_up(secret)

    def work() -> Response:
        done = accounts.set_up(secret, web.form(accounts.SetUp), _browser()["user_agent"])
        page = web.render("console/set_up_done.html", done=done, home=home(done.signed_in.roles))
        return admitted(make_response(page), done.signed_in)

    return again("console/set_up.html", work)


def home(roles: frozenset[str]) -> str:
    """Where somebody with these roles begins."""
    if roles & accounts.RIGHTS["visits.read"]:
        return "/console"
    if roles & accounts.RIGHTS["accounts.manage"]:
        return "/console/accounts"
    if roles & accounts.RIGHTS["privacy.read"]:
        return "/console/privacy"
    return "/me" if "employee" in roles else "/account"


def entered(opened: accounts.SignedIn, goal: str = "") -> Response:
    """The answer to whoever has just signed in."""
    goal = goal or home(opened.roles)
    response: Response = jsonify(signed_in=True, next=goal) if web.wants_json() else make_response(redirect(goal, 303))
    return admitted(response, opened)


def admitted(response: Response, opened: accounts.SignedIn) -> Response:
    """Puts the new session's cookie on an answer."""
    web.set_cookie(response, request, accounts.SESSION_COOKIE, opened.cookie, max_age=opened.max_age)
    if opened.language:
        web.keep_language(response, request, opened.language)
    return response


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"company_name": company_name}


def company_name() -> str:
    """What the company is called in the reader's language."""
    return company.facts().spoken(i18n.language())


def _browser() -> dict[str, str]:
    return {
        "address": request.remote_addr or "",
        "user_agent": request.headers.get("User-Agent", ""),
        "previous": web.read_cookie(request, accounts.SESSION_COOKIE),
    }


def _held(secret: str) -> dict[str, object]:
    held = accounts.link(secret)
    if held.account is None:
        raise NotFound(_("This link is not known here."))
    return {"step": held.purpose, "who": held.account, "mail": True}


def _only_set_up(secret: str) -> None:
    if accounts.link(secret).purpose != "set-up":
        raise NotFound(_("This link is not known here."))
