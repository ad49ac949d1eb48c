"""What the house promises of itself: layers, translations, rights, settings that are told in the README."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = [
    ["cli"],
    ["app"],
    ["kiosk", "console"],
    ["shared.privacy"],
    [
        "shared.alerts",
        "shared.backups",
        "shared.badges",
        "shared.contact_requests",
        "shared.live",
        "shared.reports",
        "shared.roll_call",
        "shared.tidying",
    ],
    ["shared.phone"],
    ["shared.visits"],
    ["shared.relay"],
    ["shared.rooms"],
    ["shared.quiet_calls", "shared.watch_list"],
    ["shared.notice", "shared.drafts", "shared.calls"],
    ["shared.register"],
    ["shared.volumes"],
    ["shared.deadlines"],
    ["shared.procedure", "shared.calendar"],
    ["shared.presence"],
    ["shared.directory"],
    ["shared.accounts"],
    ["shared.company"],
    ["shared.journal"],
    ["shared.lib"],
]
LAYER = {name: depth for depth, names in enumerate(ORDER) for name in names}
FLASK_ONLY_IN = ("app", "kiosk", "console", "shared.lib.web")
SOURCES = [path for top in ("kiosk", "console", "shared", "cli") for path in sorted((ROOT / top).rglob("*.py"))]
SOURCES.append(ROOT / "app.py")
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def layer(name: str) -> str | None:
    parts = name.split(".")
    known = [".".join(parts[:size]) for size in (2, 1)]
    return next((one for one in known if one in LAYER), None)


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "shared" else [node.module]
            )
    return found


@pytest.mark.parametrize("path", SOURCES, ids=module)
def test_imports_point_down(path: Path) -> None:
    here = layer(module(path))
    if here is None:
        assert module(path) == "shared" or module(path).startswith("shared.migrations"), f"{module(path)} has no place"
        return
    for name in imports(path):
        there = layer(name)
        if there is None or there == here:
            continue
        assert LAYER[there] > LAYER[here], f"{module(path)} imports {name}, which is beside or above it"


@pytest.mark.parametrize("path", SOURCES, ids=module)
def test_http_lives_in_the_faces_and_in_lib_web(path: Path) -> None:
    if module(path).startswith(FLASK_ONLY_IN):
        return
    assert not [name for name in imports(path) if name.split(".")[0] in ("flask", "werkzeug", "flask_socketio")]


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=module)
def test_modules_stay_small(path: Path) -> None:
    if "versions" in path.parts:
        return
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_templates_hold_no_script_and_no_style() -> None:
    for path in ROOT.glob("*/templates/**/*.html"):
        if path.parts[-2] in ("badges", "alerts"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", text), path


def test_every_form_that_changes_something_carries_the_token_of_whoever_is_signed_in() -> None:
    for path in ROOT.glob("*/templates/**/*.html"):
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL):
            assert 'name="csrf"' in form or "fields_of.token()" in form, f"{path}: {form[:80]}"
