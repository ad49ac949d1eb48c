"""The API's own description is valid, and says what there is."""

from openapi_spec_validator import validate

import app as product
from console.openapi import document
from shared.lib.i18n import use

PREFIX = "/api/v1"


def test_the_document_is_valid_openapi() -> None:
    with use("en"):
        validate(document())


def test_every_route_of_the_api_is_described_and_nothing_else(fresh_settings: None) -> None:
    routes = set()
    plain = lambda path: "/".join("{}" if part[:1] in ("<", "{") else part for part in path.split("/"))  # noqa: E731
    for rule in product.create_app().url_map.iter_rules():
        if str(rule).startswith(PREFIX) and str(rule) != f"{PREFIX}/openapi.json":
            path = plain(str(rule).removeprefix(PREFIX))
            routes |= {(path, method.lower()) for method in (rule.methods or set()) & {"GET", "POST"}}
    described = set()
    for path, operations in document()["paths"].items():
        described |= {(plain(path), method) for method in operations}
    assert routes == described
