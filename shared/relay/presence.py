"""Where the recipient is: asked of whoever knows, "in" as long as nobody does."""

from collections.abc import Callable

_known: Callable[[int], str] = lambda person_id: "in"  # noqa: E731


def presence_with(known: Callable[[int], str]) -> None:
    """Tells how to find out whether a person is in, out, in a meeting or on leave."""
    global _known
    _known = known


def where(person_id: int) -> str:
    """in, out, meeting or leave."""
    return _known(person_id)
