"""One's own account: where one is signed in, the password, the language."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from console.again import again, blank
from console.sign_in import entered, home
from shared import accounts
from shared.lib import web
from shared.lib.actor import actor

blueprint = Blueprint("account", __name__, template_folder="templates")


@web.route(blueprint, "/account", needs="account")
def account() -> ResponseReturnValue:
    """Sessions, password, language, and the way out."""
    return web.render("console/account.html", **blank(), **_mine())


@web.route(blueprint, "/account/password", needs="account", methods=("POST",))
def change_password() -> ResponseReturnValue:
    """A new password; every other session ends, and this one gets a new secret."""

    def work() -> ResponseReturnValue:
        form = web.form(accounts.NewPassword)
        sent = {"address": request.remote_addr or "", "user_agent": request.headers.get("User-Agent", "")}
        return entered(accounts.change_password(form.present, form.password, **sent), "/account?done=password")

    return again("console/account.html", work, **_mine())


@web.route(blueprint, "/account/sessions/<int:session_id>/end", needs="account", methods=("POST",))
def end_session(session_id: int) -> ResponseReturnValue:
    """Signs one browser out."""
    accounts.end_session(session_id)
    return redirect("/account?done=session", 303)


@web.route(blueprint, "/account/sessions/end", needs="account", methods=("POST",))
def end_other_sessions() -> ResponseReturnValue:
    """Signs every other browser out."""
    accounts.end_other_sessions()
    return redirect("/account?done=sessions", 303)


def _mine() -> dict[str, object]:
    return {
        "mine": accounts.account_by_id(actor().id),
        "sessions": accounts.sessions(),
        "roles": accounts.ROLES,
        "home": home(actor().roles),
        "done": request.args.get("done", ""),
    }
