"""The API in OpenAPI 3.1, at `/api/v1/openapi.json`: what an integrator may rely on."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic.json_schema import models_json_schema

from console.openapi import relays
from console.openapi.paths import paths
from console.openapi.schemas import SCHEMAS
from shared.lib import web
from shared.visits import CheckIn

blueprint = Blueprint("openapi", __name__)


def document() -> dict[str, Any]:
    """The whole document, built from the forms the routes use."""
    _, forms = models_json_schema([(CheckIn, "validation")], ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Foyer", "version": "1", "summary": "The front desk as an API"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": paths(),
        "components": {
            "schemas": {**SCHEMAS, **relays.SCHEMAS, **forms["$defs"]},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


@web.route(blueprint, "/api/v1/openapi.json", needs="public")
def openapi() -> ResponseReturnValue:
    """The document itself."""
    return jsonify(document())
