"""Finding a host: at the kiosk a name, a department and a reference that means nothing; for reception everyone."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from shared import company, directory, presence
from shared.directory import PersonView, Suggestion
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.config import settings

blueprint = Blueprint("kiosk_people", __name__)
budget = directory.SearchBudget()


@web.route(blueprint, "/kiosk/people", needs="hosts.find")
@web.route(blueprint, "/api/v1/people", needs="hosts.find", name="api_people")
def people() -> ResponseReturnValue:
    """At most five for a kiosk, and nothing at all once it has asked too often; never a list to walk through."""
    query, mode = request.args.get("q", ""), company.facts().kiosk_host_mode
    if not actor().at_kiosk:
        return jsonify(people=[_known(person) for person in directory.find(query, limit=20)], next=None)
    ask = {"suggest": directory.suggest, "exact": directory.exact}.get(mode)
    return jsonify(people=[_suggested(one) for one in _within_budget(query, ask)] if ask else [], next=None, mode=mode)


def _within_budget(query: str, ask: Callable[[str], list[Suggestion]]) -> list[Suggestion]:
    if settings().rate_limits == "relaxed":
        return ask(query)
    session = request.args.get("session", "")[:64]
    return budget.search(actor().ref, session, query, ask, who=lambda one: (one.name, one.department))


def _suggested(one: Suggestion) -> dict[str, Any]:
    return {"ref": one.ref, "name": one.name, "department": one.department, "marks": one.marks}


def _known(person: PersonView) -> dict[str, Any]:
    language = i18n.language()
    return {
        "ref": directory.ref_of(person),
        "name": person.name,
        "spoken": person.spoken(language),
        "department": person.department_in(language),
        "protected": person.protected,
        "presence": presence.of(person.id).as_json(),
    }
