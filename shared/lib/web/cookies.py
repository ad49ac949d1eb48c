"""Cookies that only this host reads: `__Host-` wherever the browser allows it."""

from werkzeug.wrappers import Request, Response

from shared.lib.config import settings

LANGUAGE = "lang"
YEAR = 365 * 86_400  # seconds


def _secure(request: Request) -> bool:
    return request.is_secure or settings().url.startswith("https://")


def _name(request: Request, name: str) -> str:
    return f"__Host-{name}" if _secure(request) else name


def read_cookie(request: Request, name: str) -> str:
    """The cookie's value, empty when it is not there."""
    if "HTTP_COOKIE" not in request.environ:  # a program with a token: no need to look through every header
        return ""
    return request.cookies.get(_name(request, name), "")


def set_cookie(
    response: Response, request: Request, name: str, value: str, *, max_age: int, strict: bool = False
) -> None:
    """Sets an HttpOnly cookie; `strict` for kiosks, Lax for people who come from a link in a mail."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=max_age,
        secure=_secure(request),
        httponly=True,
        samesite="Strict" if strict else "Lax",
        path="/",
    )


def clear_cookie(response: Response, request: Request, name: str) -> None:
    """Takes the cookie back."""
    response.delete_cookie(_name(request, name), path="/", secure=_secure(request), httponly=True)


def keep_language(response: Response, request: Request, language: str) -> None:
    """Remembers for a year which language this browser reads."""
    secure = _secure(request)
    response.set_cookie(LANGUAGE, language, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
