"""Answers from memory: what open screens ask for all day, before the whole product is set up for a request."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from werkzeug.wrappers import Request

from shared.lib import i18n
from shared.lib.actor import acting_as
from shared.lib.web import routes


class Ready(NamedTuple):
    """An answer that only has to be sent."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


Answer = Callable[[Request], Ready | None]
_answers: dict[str, tuple[str, Answer]] = {}


def from_memory(path: str, *, needs: str) -> Callable[[Answer], Answer]:
    """GET `path` is answered by this for those who hold `needs`, unless it gives None: then the route of that path is
    asked, as it is for everybody else. It reads memory only: no database, no template.
    """

    def register(answer: Answer) -> Answer:
        _answers[path] = needs, answer
        return answer

    return register


class Memory:
    """WSGI: tries the answers from memory first."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        known = _answers.get(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "GET" else None
        ready = _ask(*known, Request(environ)) if known else None
        if ready is None:
            answer: Iterable[bytes] = self.app(environ, start_response)
            return answer
        length = [("Content-Length", str(len(ready.body)))] if ready.body else []
        start_response(ready.status, [*ready.headers, *length])
        return [ready.body]


def _ask(needs: str, answer: Answer, asked: Request) -> Ready | None:
    who = routes.identify(asked.path, asked)
    if who is None or not routes.holds(who, needs):
        return None
    with acting_as(who), i18n.use(routes.language_of(asked, who)):
        return answer(asked)
