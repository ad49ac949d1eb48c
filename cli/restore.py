"""`./desk restore FILE`: a back-up becomes the desk again, or the newest of a second place."""

import argparse
from datetime import datetime

from cli import typed_path
from cli.backup import reachable, say
from shared import backups, register, roll_call
from shared.lib.config import settings
from shared.lib.i18n import _, format_datetime
from shared.migrations import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=typed_path, help="a back-up, or the folder of the second place")
    parser.add_argument("--replace", action="store_true", help="set the database that is there aside")


def main(args: argparse.Namespace) -> int:
    """Proves it, brings it up to date and puts it in place; the desk must not run meanwhile."""
    models.load()  # every register is known
    backups.after_restore(lambda restored: erase_again())
    source = reachable(args.file)
    done = backups.restore(source, backups.Key(settings().passphrase()), over=args.replace, say=say)
    words = {
        "when": format_datetime(datetime.fromisoformat(done.about.made_at)),
        "what": backups.told(done.about, done.about.size),
    }
    print(_("Restored as of %(when)s: %(what)s.") % words)
    return 0


def erase_again() -> int:
    """What was erased since the back-up was made is erased again, on the lists of roll calls as well."""
    roll_call.join()
    return register.replay()
