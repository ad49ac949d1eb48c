"""What the kiosk's templates and scripts promise: every sentence known, nothing inline, no way out of the page."""

import re
from pathlib import Path

import pytest

from kiosk import words
from shared.rooms import DRINKS
from shared.visits import PURPOSES

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "kiosk/templates/kiosk").glob("*.html"))
SCRIPTS = sorted((ROOT / "static/js/kiosk").glob("*.js"))
TEXT = {path: path.read_text(encoding="utf-8") for path in TEMPLATES + SCRIPTS}
SHOWN = (r'data-t(?:-label|-alt)?="(\w+)"', r"\bw\.(\w+)", r'(?:word|put)\((?:[^"()]+, )?"(\w+)"', r'key: "(\w+)"')
GIVEN_BY_THE_PAGE = {"company_name"}


def test_every_sentence_that_is_shown_is_known() -> None:
    shown = {key for text in TEXT.values() for pattern in SHOWN for key in re.findall(pattern, text)}
    assert len(shown) > 100
    assert shown - GIVEN_BY_THE_PAGE <= set(words.WORDS)


def test_every_sentence_that_is_known_is_shown() -> None:
    everything = " ".join(TEXT.values())
    built = set(PURPOSES) | {f"drink_{drink}" for drink in DRINKS}
    built |= {key for key in words.WORDS if key.endswith("_typed")}
    assert [key for key in words.WORDS if key not in built and not re.search(rf"\b{key}\b", everything)] == []


def test_every_purpose_has_its_word() -> None:
    assert set(PURPOSES) <= set(words.WORDS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline(path: Path) -> None:
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*(?:src=|application/json))", TEXT[path])


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS, ids=lambda path: path.name)
def test_no_way_leads_out_of_the_page(path: Path) -> None:
    assert not re.search(r"target=|https?://|<input[^>]*type=.file|\.print\(|window\.open|beforeunload", TEXT[path])


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_nothing_is_stored_and_no_text_becomes_html(path: Path) -> None:
    assert not re.search(r"localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|insertAdjacentHTML", TEXT[path])
