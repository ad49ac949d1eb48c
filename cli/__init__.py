"""What an operator types: one file a `./desk` command, each with `add_arguments(parser)` and `main(args) -> int`."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def typed_path(text: str) -> Path:
    """A path as the person meant it who typed it, perhaps in another folder: `type=typed_path` in an argument."""
    return Path(os.environ.get("FOYER_TYPED_IN", ""), text)
