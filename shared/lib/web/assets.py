"""Addresses of static files that change when the file does, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"


@cache
def asset(name: str) -> str:
    """`/static/css/tokens.css?v=…` for `css/tokens.css`."""
    path = STATIC / name
    return f"/static/{name}?v={_digest(path)}" if path.is_file() else f"/static/{name}"


@cache
def version() -> str:
    """One short name for everything that browsers hold; open pages reload when it changes."""
    digest = hashlib.sha256()
    root = STATIC.parent
    for folder in ("static/js", "static/css", "kiosk", "console", "shared/templates", "shared/translations"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in {".js", ".css", ".html", ".po"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
