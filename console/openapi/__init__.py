"""The API in OpenAPI 3.1, at `/api/v1/openapi.json`: what an integrator may rely on."""

from typing import Any, Literal

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from console.openapi import calls, people, quiet_calls, relays, roll_calls
from console.openapi.paths import paths
from console.openapi.schemas import SCHEMAS
from shared.lib import web
from shared.presence import PresenceForm
from shared.visits import CheckIn

blueprint = Blueprint("openapi", __name__)
FORMS = (CheckIn, PresenceForm)


def document() -> dict[str, Any]:
    """The whole document, built from the forms the routes use."""
    taken: list[tuple[type[BaseModel], Literal["validation"]]] = [(one, "validation") for one in FORMS]
    _, forms = models_json_schema(taken, ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Foyer", "version": "1", "summary": "The front desk as an API"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": paths(),
        "components": {
            "schemas": {
                **SCHEMAS,
                **people.SCHEMAS,
                **relays.SCHEMAS,
                **calls.SCHEMAS,
                **roll_calls.SCHEMAS,
                **quiet_calls.SCHEMAS,
                **forms["$defs"],
            },
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


@web.route(blueprint, "/api/v1/openapi.json", needs="public")
def openapi() -> ResponseReturnValue:
    """The document itself."""
    return jsonify(document())
