"""What is stored beside a name so that it is found: its pinyin for the eye, its sounds for the search."""

from typing import Any

from shared.directory.pinyin import display_pinyin, units


def of_person(name: str, alias: str, reading: str) -> dict[str, Any]:
    """The derived columns of a person."""
    shown = display_pinyin(name, reading)
    forms = [_form(name, reading)]
    forms += [_form(alias)] if alias else []
    if reading and shown == reading and not _spells(name, reading):
        forms.append(_form(reading))
    return {"pinyin": shown, "sounds": forms}


def of_department(name: str, name_en: str) -> dict[str, Any]:
    """The derived columns of a department."""
    return {"sounds": [_form(name), *([_form(name_en)] if name_en else [])]}


def _form(written: str, reading: str = "") -> list[Any]:
    return [written, [[unit.start, unit.end, list(unit.options)] for unit in units(written, reading)]]


def _spells(name: str, reading: str) -> bool:
    return units(name, reading) != units(name)
