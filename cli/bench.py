"""`./desk bench`: how fast, beside a bare floor in the same run."""

import argparse
import subprocess
import sys

from shared.lib.config import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="shorter phases, one repeat")


def main(args: argparse.Namespace) -> int:
    """Prints a table and writes bench.json into the data folder."""
    command = [sys.executable, "-m", "tests.bench", str(settings().data / "bench.json")]
    return subprocess.call([*command, *(["--quick"] if args.quick else [])])
