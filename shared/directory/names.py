"""How much of a name is shown: shortened to whoever walks past, the surname where an alert leaves the house."""

from shared.directory.readings import COMPOUND


def shortened(name: str) -> str:
    """王建明 as 王**, 尉迟敬德 as 尉迟**, José García as J**: on a locked console, and after retention."""
    kept = name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]
    return f"{kept}**" if name else ""


def surname(name: str) -> str:
    """By what a host knows who has come (procedure 0.9): 何** of 何一帆, as above, but García of José García.

    Names in characters, Hangul and kana begin with the surname; others end with it.
    """
    return shortened(name) if name[:1] >= "\u1100" else name.rpartition(" ")[2]
