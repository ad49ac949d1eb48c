"""Back-ups: the desk as one sealed file, made while it runs, opened before it counts, and put back in one command."""

from shared.backups import noting
from shared.backups.contents import About, told
from shared.backups.keeping import ready, second_place, state, trouble
from shared.backups.making import make
from shared.backups.restoring import Restored, after_restore, restore
from shared.backups.sealed import Key, NotOpened

__all__ = [
    "About",
    "Key",
    "NotOpened",
    "Restored",
    "after_restore",
    "make",
    "noting",
    "ready",
    "restore",
    "second_place",
    "state",
    "told",
    "trouble",
]
