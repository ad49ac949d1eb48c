"""`./desk backup FILE`: the whole desk as one sealed file, made while it runs."""

import argparse
import sys
from pathlib import Path

from cli import typed_path
from shared import backups
from shared.lib import control
from shared.lib.config import settings
from shared.lib.errors import Refused
from shared.lib.i18n import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=typed_path, help="where it is written; one that is there is replaced"
    )
    parser.add_argument("--plain", action="store_true", help="without a key: whoever has the file can read it")


def main(args: argparse.Namespace) -> int:
    """Copies, seals and proves it here; the desk that is running goes on meanwhile, and notes that it was made."""
    key = key_for(args.plain)
    about = backups.make(args.file, key, say)
    size = args.file.stat().st_size
    control.call("backups.note", visits=about.visits, seq=about.seq, size=size, sealed=bool(key.passphrase))
    print(f"{args.file}: {backups.told(about, size)}")
    return 0


def key_for(plain: bool) -> backups.Key:
    """The operator's key; none only when that was asked for."""
    passphrase = "" if plain else settings().passphrase()
    if not plain and not passphrase:
        raise Refused(
            _("A back-up is sealed: set DESK_BACKUP_KEY or DESK_BACKUP_KEY_FILE, or say --plain to do without.")
        )
    return backups.Key(passphrase)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def reachable(path: Path) -> Path:
    """The path, if something is there."""
    if not path.exists():
        raise Refused(_("%(path)s is not there.") % {"path": path})
    return path
