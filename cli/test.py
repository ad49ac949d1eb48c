"""`./desk test [pytest arguments]`: every check of the product; with arguments pytest alone, with those arguments."""

import argparse
import subprocess
import sys
import time

from cli import ROOT

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "tests": ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"],  # a file shares its servers
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.prefix_chars = "\0"  # whatever follows is pytest's, options too
    parser.add_argument("arguments", nargs="*", metavar="…", help="handed to pytest; paths start beside ./desk")


def main(args: argparse.Namespace) -> int:
    """0 when everything holds; every check runs, also after one that failed."""
    if args.arguments:
        return run(["pytest", *args.arguments])
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything holds.", file=sys.stderr)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    print(f"\n{name}: {' '.join(command)}", file=sys.stderr, flush=True)
    begun = time.monotonic()
    status = run(command)
    told = "holds" if status == 0 else "FAILED"
    print(f"{name} {told} after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return status == 0


def run(command: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode
