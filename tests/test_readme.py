"""The README is kept: both languages say the same, and what they name is there."""

import re
import subprocess
from pathlib import Path

import pytest

from cli.__main__ import commands
from shared.lib.config import Settings

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("README.md", "README.zh.md")
FOR_OPERATORS_ONLY = {"assets"}  # run by ./desk itself while it sets up
A_REGISTRY = re.compile(
    r"https?://[\w.:@-]*(?:pypi|pythonhosted|npmjs|registry|artifactory|nexus|mirror)|index-ur[l]", re.I
)
A_MACHINE = re.compile(r"(?<![\w$}.*])/(?:root|work|Users|home/(?!lin\b)\w+|tmp/\w+)/")  # lin is invented


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def headings(name: str) -> list[int]:
    """The level of each heading, in order; a heading inside a code block is none."""
    plain = re.sub(r"```.*?```", "", text(name), flags=re.S)
    return [len(marks) for marks in re.findall(r"^(#+) ", plain, flags=re.M)]


def code_blocks(name: str) -> list[str]:
    return re.findall(r"```.*?```", text(name), flags=re.S)


def commands_in(name: str) -> set[str]:
    return set(re.findall(r"\./desk ([a-z]+)", text(name)))


def settings_in(name: str) -> list[str]:
    return re.findall(r"^\| `(DESK_\w+)`", text(name), flags=re.M)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_both_languages_have_the_same_shape() -> None:
    assert headings("README.md") == headings("README.zh.md")
    assert len(headings("README.md")) > 5


def test_both_languages_give_the_same_commands() -> None:
    assert code_blocks("README.md") == code_blocks("README.zh.md")
    assert commands_in("README.md") == commands_in("README.zh.md")


def test_both_languages_name_the_same_code() -> None:
    chinese, english = ({*re.findall(r"`([^`\n]+)`", text(name))} for name in reversed(LANGUAGES))
    assert chinese == english


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_setting_is_told_and_no_other(name: str) -> None:
    assert sorted(settings_in(name)) == sorted(f"DESK_{field}".upper() for field in Settings.model_fields)
    assert {*re.findall(r"DESK_[A-Z_]+[A-Z]", text(name))} == {*settings_in(name)}


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_command_is_told_and_no_other(name: str) -> None:
    assert commands_in(name) == commands().keys() - FOR_OPERATORS_ONLY


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_picture_and_page_it_points_at_is_there(name: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", text(name))
    assert len([target for target in targets if target.endswith(".png")]) == 4
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert not missing


def test_nothing_kept_names_a_package_registry_or_a_machine() -> None:
    wrong: list[str] = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            plain = content.decode(errors="replace")
            wrong += [
                f"{path.relative_to(ROOT)}: {one[0]}"
                for rule in (A_REGISTRY, A_MACHINE)
                for one in rule.finditer(plain)
            ]
    assert not wrong
