"""`./desk restore FILE`: a back-up becomes the desk again."""

import argparse
from datetime import datetime

from cli import typed_path
from cli.backup import reachable, say
from shared import backups
from shared.lib.config import settings
from shared.lib.i18n import _, format_datetime
from shared.migrations import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=typed_path, help="a back-up that ./desk backup made")
    parser.add_argument("--replace", action="store_true", help="set the database that is there aside")


def main(args: argparse.Namespace) -> int:
    """Proves it, brings it up to date and puts it in place; the desk must not run meanwhile."""
    models.load()  # whoever has something to do after a restore is there
    source = reachable(args.file)
    done = backups.restore(source, backups.Key(settings().passphrase()), replace=args.replace, say=say)
    words = {
        "when": format_datetime(datetime.fromisoformat(done.about.made_at)),
        "what": backups.told(done.about, done.about.size),
    }
    print(_("Restored as of %(when)s: %(what)s.") % words)
    return 0
