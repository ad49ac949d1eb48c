"""Who is called by a quiet call, with which words and to which place; a drill, and the last calls."""

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from console import events
from console.accounts import confirmed
from console.again import again, blank
from shared import company, directory, quiet_calls
from shared.directory import PersonView
from shared.lib import web
from shared.lib.errors import NotFound
from shared.quiet_calls import QuietSettings

blueprint = Blueprint("quiet_settings", __name__, template_folder="templates")
HERE = "/console/quiet-call/settings"
LAST = 12


@web.route(blueprint, HERE, needs="settings.change")
@confirmed
def page() -> ResponseReturnValue:
    """The form, and what became of the last calls."""
    return web.render("console/quiet_settings.html", **blank(), **_all())


@web.route(blueprint, HERE, needs="settings.change", methods=("POST",))
@confirmed
def change() -> ResponseReturnValue:
    """Keeps it."""

    def kept() -> ResponseReturnValue:
        form = web.form(QuietSettings)
        quiet_calls.choose(form)
        facts = company.facts().model_copy(update={"quiet_text": form.text, "quiet_place": form.place})
        company.change(facts)
        return redirect(f"{HERE}?done=saved", 303)

    return again("console/quiet_settings.html", kept, **_all() | {"chosen": _chosen()})


@web.route(blueprint, f"{HERE}/drill", needs="settings.change", methods=("POST",))
@confirmed
def drill() -> ResponseReturnValue:
    """Everybody is called as for a real call, and reads that it is a drill."""
    quiet_calls.begin(drill=True)
    return redirect(f"{HERE}?done=drill", 303)


@web.route(blueprint, f"{HERE}/drill/<token>/ending", needs="settings.change", methods=("POST",))
@confirmed
def end_drill(token: str) -> ResponseReturnValue:
    """The drill is over."""
    if quiet_calls.one(token).drill:
        quiet_calls.end(token, quiet_calls.Ending())
    return redirect(HERE, 303)


def _all() -> dict[str, Any]:
    calls = quiet_calls.last(LAST)
    return {
        "here": "accounts",
        "done": request.args.get("done", ""),
        "facts": company.facts(),
        "chosen": quiet_calls.responders(),
        "calls": calls,
        "running": next((one for one in calls if one.running), None),
        "notes": {one.token: quiet_calls.note_of(one) for one in calls},
        "names": events.names(),
    }


def _chosen() -> list[PersonView]:
    """Whom somebody had chosen when the form was not right."""
    found = []
    for token in request.form.getlist("responders[]")[: quiet_calls.MOST]:
        try:
            found.append(directory.by_token(token))
        except NotFound:
            continue
    return found
