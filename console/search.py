"""Find anyone: visitors and colleagues in one list, from whatever is typed."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from console import cards
from console.visit import state_name
from shared import directory, journal, privacy, visits
from shared.lib import web
from shared.lib.web.routes import may

blueprint = Blueprint("search", __name__, template_folder="templates")
MOST_VISITS, MOST_PEOPLE = 7, 5


@web.route(blueprint, "/console/search", needs="visits.read")
def search() -> ResponseReturnValue:
    """What fits, for the list under the search box."""
    wanted = request.args.get("q", "").strip()[:80]
    found = visits.find(wanted, limit=MOST_VISITS) if wanted else []
    privacy.shown(visit.token for visit in found)
    people = directory.find(wanted, limit=MOST_PEOPLE) if wanted and may("people.read") else []
    html = web.render(
        "console/_found.html", wanted=wanted, visits=found, people=people, about=cards.about, state_name=state_name
    )
    return web.fragment(html, journal.last_seq())
