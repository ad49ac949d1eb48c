"""`./desk COMMAND`: finds the command's file, reads the arguments, and says in one sentence what went wrong."""

import argparse
import ast
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).parent
HELP = {"-h", "--help", "help"}


class Parser(argparse.ArgumentParser):
    """Says in one sentence what does not fit; those of its subcommands do too."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help tells more.\n")


def main(arguments: Sequence[str]) -> int:
    """Exit status of the command that the first argument names; an error becomes one sentence on standard error."""
    os.umask(0o077)  # visitors are nobody's business, in a data folder that was there before too
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get("DESK_LOG_LEVEL") == "debug":
            traceback.print_exc()
        print(f"./desk: {sentence(error)}", file=sys.stderr)
        return 1


def run(arguments: Sequence[str]) -> int:
    known = commands()
    name, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if name in HELP:
        print(overview(known))
        return 0 if arguments else 2
    if name not in known:
        print(f"./desk: there is no command {name}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    module = import_module(f"cli.{name}")
    parser = Parser(prog=f"./desk {name}", description=known[name])
    module.add_arguments(parser)
    if rest and rest[0] in HELP - {"help"}:
        parser.print_help()
        return 0
    return int(module.main(parser.parse_args(rest)))


def commands() -> dict[str, str]:
    """Every command with what its file says of it; nothing is imported."""
    files = [*HERE.glob("[a-z]*.py"), *HERE.glob("[a-z]*/__init__.py")]
    named = sorted((path.parent.name if path.name == "__init__.py" else path.stem, path) for path in files)
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in named}
    return {name: summary(tree) for name, tree in trees.items() if is_command(tree)}


def is_command(tree: ast.Module) -> bool:
    return {"add_arguments", "main"} <= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def summary(tree: ast.Module) -> str:
    """First sentence of the docstring, without the call it may begin with."""
    first = (ast.get_docstring(tree) or "").partition("\n\n")[0].replace("\n", " ")
    call, colon, rest = first.partition("`: ")
    return rest if colon and call.startswith("`") else first


def overview(known: dict[str, str]) -> str:
    width = max(map(len, known))
    lines = [f"  {name:<{width}}  {about}" for name, about in known.items()]
    return "\n".join(["usage: ./desk COMMAND …", "", *lines, "", "./desk COMMAND --help tells more."])


def sentence(error: Exception) -> str:
    """What to tell the operator: the refusal's own words where it has some."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    said = getattr(error, "sentence", "") or str(error)
    if hasattr(error, "sentence") or type(error).__name__.endswith(("Failure", "SettingsError")):
        return said
    return f"{type(error).__name__}: {said} (DESK_LOG_LEVEL=debug shows where)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
