"""Both languages are complete: every sentence of the source has its Chinese, with the same placeholders."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "shared/translations/zh_Hans/LC_MESSAGES/messages.po"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def said() -> dict[str | tuple[str, ...], str]:
    """Every message of the source, and where it is."""
    found: dict[str | tuple[str, ...], str] = {}
    for top in ("shared", "kiosk", "console", "cli"):
        for file, line, message, _comments, _context in extract_from_dir(str(ROOT / top), METHODS, OPTIONS, KEYWORDS):
            found.setdefault(message, f"{top}/{file}:{line}")
    return found


def test_every_sentence_has_its_chinese() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    missing = []
    for message, place in said().items():
        entry = catalogue.get(message)
        if entry is None or not entry.string or (isinstance(entry.string, tuple) and not all(entry.string)):
            missing.append(f"{place} {message!r}")
    assert not missing, "\n".join(missing)


def test_no_chinese_is_left_over() -> None:
    said_now = {message if isinstance(message, str) else message[0] for message in said()}
    with CATALOGUE.open("rb") as file:
        kept = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale="zh_Hans") if m.id}
    assert not kept - said_now


def test_placeholders_are_the_same() -> None:
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="zh_Hans"):
            if not message.id:
                continue
            asked = message.id if isinstance(message.id, str) else message.id[1]
            told = message.string if isinstance(message.string, str) else message.string[0]
            assert sorted(set(PLACEHOLDER.findall(asked))) == sorted(set(PLACEHOLDER.findall(told))), message.id


def test_english_is_written_as_the_fonts_draw_it() -> None:
    for message, place in said().items():
        for text in (message,) if isinstance(message, str) else message:
            assert not re.search("[’‘“”—·！]", text), f"{place} {text!r}"
