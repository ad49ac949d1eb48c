"""A desk that can die and rise quickly: everything is imported once, each life is a fork that serves."""

import os
import signal
import sys

from cli.run import Server
from shared.lib import control, db
from shared.lib.config import settings
from shared.migrations import models


def main() -> None:
    """Serves in a child; when the child is killed another one is forked, until standard input ends."""
    models.load()
    db.migrate(settings().database)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            with control.lock():
                Server(settings(), lambda: None).run()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
