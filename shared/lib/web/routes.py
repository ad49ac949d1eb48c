"""`@route`: an address, the right it needs, and who is asking, settled before the view runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Request

from shared.lib import i18n
from shared.lib.actor import NOBODY, Actor, _actor, actor
from shared.lib.errors import Forbidden, Unauthorised
from shared.lib.forms import HIGHEST
from shared.lib.i18n import _
from shared.lib.web import cookies, security

View = Callable[..., ResponseReturnValue]
PUBLIC = "public"

_identify: Callable[[Request, str], Actor | None] = lambda asked, face: None  # noqa: E731
_may: Callable[[Actor, str], bool] = lambda who, right: right == PUBLIC  # noqa: E731


def identify_with(identify: Callable[[Request, str], Actor | None], may: Callable[[Actor, str], bool]) -> None:
    """Tells the plumbing how to find out who is asking, and what they may."""
    global _identify, _may
    _identify, _may = identify, may


def route(
    blueprint: Blueprint, rule: str, *, needs: str, methods: tuple[str, ...] = ("GET",), name: str = "", most: int = 0
) -> Callable[[View], View]:
    """Registers a view at `rule` for those who hold the right `needs`; POST is checked for its origin and token.

    They may send `most` bytes, when that is more than everybody may.
    """

    def register(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            allow(needs)
            return view(*args, **kwargs)

        checked.needs, checked.most = needs, most  # type: ignore[attr-defined]
        blueprint.add_url_rule(rule, name or f"{view.__name__}_{rule}".replace(".", "_"), checked, methods=methods)
        return view

    return register


def allow(right: str) -> None:
    """Refuses when the one who is asking does not hold `right`."""
    if may(right):
        return
    if actor().kind == NOBODY.kind:
        raise Unauthorised(_("Sign in first."))
    raise Forbidden(_("That is not open to you."))


def may(right: str) -> bool:
    """Whether the one who is asking holds `right`."""
    return holds(actor(), right)


def holds(who: Actor, right: str) -> bool:
    """Whether `who` holds `right`."""
    return right == PUBLIC or _may(who, right)


def identify(face: str, asked: Request | None = None) -> Actor | None:
    """Who sent this request to `face` (a path or a socket's namespace), None for nobody we know."""
    return _identify(asked or request, face)


class RowNumber(IntegerConverter):
    """A whole number in an address; one that no column can hold is no address of ours."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=HIGHEST)


def install(app: Flask) -> None:
    """Before every request: who is asking, in which language, and whether a change comes from our own pages."""

    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def _who_is_asking() -> None:
        if request.path.startswith("/static/"):
            return
        who = (identify(request.path) if request.endpoint else None) or NOBODY
        g.marks = (_actor.set(who), i18n._language.set(language_of(request, who)))
        _take_more()
        security.check_change()

    @app.teardown_request
    def _goodbye(_error: BaseException | None) -> None:
        marks = g.pop("marks", None)
        if marks:
            _actor.reset(marks[0])
            i18n._language.reset(marks[1])


def _take_more() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most", 0)
    if most and may(getattr(view, "needs", "")):
        request.max_content_length = most


def language_of(asked: Request, who: Actor) -> str:
    """The language to answer in: asked for, kept by this browser, the person's, or what the browser prefers."""
    environ = asked.environ
    chosen = (
        ("lang" in environ.get("QUERY_STRING", "") and i18n.known(asked.args.get("lang")))
        or ("HTTP_COOKIE" in environ and i18n.known(asked.cookies.get(cookies.LANGUAGE)))
        or i18n.known(who.language)
    )
    if chosen or who.kind == "device" or "HTTP_ACCEPT_LANGUAGE" not in environ:
        return chosen or ""
    return i18n.known(asked.accept_languages.best_match(["zh-CN", "zh", "en"])) or ""
