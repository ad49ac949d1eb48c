"""The watch-list as whoever keeps it sees it: who is on it and until when; every look at it is written down."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from console import events
from console.accounts import confirmed
from console.again import again, blank
from shared import directory, watch_list
from shared.directory import PersonView
from shared.lib import clock, i18n, text, web
from shared.lib.errors import NotFound
from shared.watch_list import EntryView, WatchForm

blueprint = Blueprint("watch_list", __name__, template_folder="templates")
HERE = "/console/watch-list"


class ChangedEntry(WatchForm):
    """An entry, and which version of it was looked at."""

    row_version: int = Field(ge=1)


@web.route(blueprint, HERE, needs="watch_list.read")
@confirmed
def page() -> ResponseReturnValue:
    """Everybody on the list, and the form for one more."""
    watch_list.look()
    return web.render("console/watch_list.html", **blank(), **_all())


@web.route(blueprint, HERE, needs="watch_list.write", methods=("POST",))
@confirmed
def add() -> ResponseReturnValue:
    """Puts somebody on the list, once however often the form is sent."""

    def added() -> None:
        form = web.form(WatchForm)
        web.once(lambda: {"entry": watch_list.add(form).token})

    return again("console/watch_list.html", lambda: _kept(added, "added"), **_all(), picked=_picked())


@web.route(blueprint, f"{HERE}/<token>", needs="watch_list.read")
@confirmed
def one(token: str) -> ResponseReturnValue:
    """Everything about one entry, to be read or changed."""
    entry = watch_list.one(token)
    watch_list.look(token)
    return web.render("console/watch_entry.html", **blank(), **_one(entry))


@web.route(blueprint, f"{HERE}/<token>", needs="watch_list.write", methods=("POST",))
@confirmed
def change(token: str) -> ResponseReturnValue:
    """Puts an entry right."""

    def changed() -> None:
        form = web.form(ChangedEntry)
        said = WatchForm.model_validate(form.model_dump(exclude={"row_version"}))
        watch_list.change(token, said, form.row_version)

    entry = watch_list.one(token)
    return again("console/watch_entry.html", lambda: _kept(changed, "changed"), **_one(entry) | {"picked": _picked()})


@web.route(blueprint, f"{HERE}/<token>/ending", needs="watch_list.write", methods=("POST",))
@confirmed
def end(token: str) -> ResponseReturnValue:
    """Nobody is compared with it any more."""
    watch_list.end(token)
    return redirect(f"{HERE}?done=ended&entry={token}", 303)


@web.route(blueprint, f"{HERE}/<token>/ending/removal", needs="watch_list.write", methods=("POST",))
@confirmed
def resume(token: str) -> ResponseReturnValue:
    """That was a slip."""
    return _kept(lambda: watch_list.resume(token), "resumed")


def _kept(work: Callable[[], object], done: str) -> ResponseReturnValue:
    work()
    return redirect(f"{HERE}?done={done}", 303)


def _all() -> dict[str, Any]:
    done, ended = request.args.get("done", ""), request.args.get("entry", "")
    return {"entries": watch_list.entries(), "done": done, "ended": ended, "entry": None, **_around()}


def _one(entry: EntryView) -> dict[str, Any]:
    return {"entry": entry, "picked": entry.people, **_around()}


def _around() -> dict[str, Any]:
    return {
        "here": "watch_list",
        "names": events.names(),
        "usual": watch_list.usual_day().isoformat(),
        "last": watch_list.last_day().isoformat(),
        "once": text.token(12),
        "first": i18n.today(clock.now()).isoformat(),
    }


def _picked() -> list[PersonView]:
    """Whom somebody had chosen when the form was not right."""
    found = []
    for token in request.form.getlist("told[]")[:20]:
        try:
            found.append(directory.by_token(token))
        except NotFound:
            continue
    return found
