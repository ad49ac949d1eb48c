"""Where people are: each says it with one tap on their own page, and reception may say it for them."""

from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from console.me import me
from shared import directory, presence
from shared.directory import PersonView
from shared.lib import i18n, web
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.presence import PresenceForm

blueprint = Blueprint("presence", __name__, template_folder="templates")


@web.route(blueprint, "/me/presence", needs="me", methods=("POST",))
@web.route(blueprint, "/api/v1/me/presence", needs="me", methods=("POST",), name="api_me_presence")
def say() -> ResponseReturnValue:
    """One says where one is."""
    person_id, form = me(), web.form(PresenceForm)

    def keep() -> dict[str, Any]:
        return dict(presence.set_to(person_id, form, source="self").as_json())

    if web.wants_json():
        return web.once(keep)
    keep()
    return redirect("/me", 303)


@web.route(blueprint, "/console/directory/<token>/presence", needs="people.presence", methods=("POST",))
def note(token: str) -> ResponseReturnValue:
    """Reception has heard where somebody is."""
    return _noted(directory.by_token(token))


@web.route(blueprint, "/api/v1/people/<ref>/presence", needs="people.presence", methods=("POST",))
def api_note(ref: str) -> ResponseReturnValue:
    """The same for a program, by the reference of a search."""
    return _noted(referred(ref))


def referred(ref: str) -> PersonView:
    """Whom a reference of a search means."""
    person = directory.resolve_ref(ref)
    if person is None:
        raise Invalid(_("Choose the person once more."), fields={"ref": _("Choose the person once more.")})
    return person


def _noted(person: PersonView) -> ResponseReturnValue:
    form = web.form(PresenceForm)

    def keep() -> dict[str, Any]:
        view = presence.set_to(person.id, form, source="reception")
        said = _("%(name)s: %(words)s") % {"name": person.spoken(i18n.language()), "words": view.words}
        return {**view.as_json(), "say": said}

    return web.once(keep)
