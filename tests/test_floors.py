"""What is installed and pinned is not older than the last known hole, comes with its hash, and names no registry."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
FLOORS = [line.split(maxsplit=3) for line in (ROOT / "tests/floors.txt").read_text().splitlines() if line[0] != "#"]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
BROWSER = json.loads((ROOT / "package-lock.json").read_text())["packages"]


def pins(lock: Path) -> dict[str, str]:
    """Version by package name, from the lines `name[extra]==version ; marker \\`."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ]+)", lock.read_text(), re.MULTILINE)
    return {name.lower().replace("_", "-"): pinned for name, pinned in found}


@pytest.mark.parametrize(("where", "name", "floor", "why"), FLOORS, ids=lambda value: value)
def test_nothing_with_a_known_hole_is_in_use(where: str, name: str, floor: str, why: str) -> None:
    used = version(name) if where == "pypi" else BROWSER[f"node_modules/{name}"]["version"]
    assert Version(used) >= Version(floor), why


def test_what_is_installed_is_what_the_lock_names() -> None:
    asked = pins(ROOT / "requirements.lock")
    assert asked["flask"] == version("flask")
    named = re.findall(r"^([\w.-]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    names = [name.lower().replace("_", "-") for name in named]
    assert {name: version(name) for name in names} == {name: asked[name] for name in names}


def test_the_tests_run_on_the_versions_that_serve() -> None:
    serving, testing = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-dev.lock")
    assert serving.items() <= testing.items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_held_to_a_hash(lock: Path) -> None:
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", lock.read_text(), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_browser_package_is_held_to_a_hash() -> None:
    fetched = {name: package for name, package in BROWSER.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if not package["integrity"].startswith("sha512-")] == []


@pytest.mark.parametrize(
    "path", [*LOCKS, ROOT / "package-lock.json", ROOT / "package.json"], ids=lambda path: path.name
)
def test_no_registry_is_named(path: Path) -> None:
    assert "://" not in path.read_text()
