"""API tokens: made for programs, shown once, taken back at once."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from console.accounts import confirmed
from console.again import again, blank
from shared import accounts
from shared.lib import web
from shared.lib.i18n import lazy

blueprint = Blueprint("tokens", __name__, template_folder="templates")
SCOPES = {
    "kiosk": lazy("What a tablet does: check in, check out"),
    "reception": lazy("What reception sees and does"),
    "admin": lazy("Accounts, people, settings"),
    "me": lazy("One's own visitors and answers"),
}


@web.route(blueprint, "/console/tokens", needs="accounts.manage")
@confirmed
def everyone() -> ResponseReturnValue:
    """Every token, and when each was last used."""
    return web.render("console/tokens.html", **blank(), **_all())


@web.route(blueprint, "/console/tokens", needs="accounts.manage", methods=("POST",))
@confirmed
def create() -> ResponseReturnValue:
    """Makes one; its secret is on this answer and nowhere else."""

    def work() -> ResponseReturnValue:
        _made, secret = accounts.create_token(web.form(accounts.NewToken))
        return web.render("console/tokens.html", **blank(), **_all() | {"secret": secret})

    return again("console/tokens.html", work, **_all())


@web.route(blueprint, "/console/tokens/<int:token_id>/removal", needs="accounts.manage", methods=("POST",))
@confirmed
def remove(token_id: int) -> ResponseReturnValue:
    """It stops working at once."""
    accounts.revoke_token(token_id)
    return redirect("/console/tokens?done=removed", 303)


def _all() -> dict[str, object]:
    done = request.args.get("done", "")
    return {"tokens": accounts.tokens(), "scopes": SCOPES, "here": "accounts", "secret": "", "done": done}
