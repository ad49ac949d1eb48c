"""HTTP plumbing both faces use: who is asking, what they may, how a refusal is told."""

from shared.lib.limits import limit
from shared.lib.web.assets import asset
from shared.lib.web.cookies import clear_cookie, keep_language, read_cookie, set_cookie
from shared.lib.web.forms import form, query
from shared.lib.web.memory import Ready, from_memory
from shared.lib.web.once import once
from shared.lib.web.pages import fragment, render, wants_json
from shared.lib.web.routes import identify_with, route

__all__ = [
    "Ready",
    "asset",
    "clear_cookie",
    "form",
    "fragment",
    "from_memory",
    "identify_with",
    "keep_language",
    "limit",
    "once",
    "query",
    "read_cookie",
    "render",
    "route",
    "set_cookie",
    "wants_json",
]
