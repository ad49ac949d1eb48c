"""What is stored beside a name so that it is found: its pinyin for the eye, its sounds for the search."""

import json

from shared.directory.pinyin import display_pinyin, spells, units


def of_person(name: str, alias: str, reading: str) -> dict[str, str]:
    """The derived columns of a person."""
    shown = display_pinyin(name, reading)
    forms = [_form(name, reading)]
    forms += [_form(alias)] if alias else []
    if reading and not spells(reading, name):
        forms.append(_form(reading))
    return {"pinyin": shown, "sounds": _written(forms)}


def of_department(name: str, name_en: str) -> dict[str, str]:
    """The derived columns of a department."""
    return {"sounds": _written([_form(name), *([_form(name_en)] if name_en else [])])}


def _written(forms: list[list[object]]) -> str:
    return json.dumps(forms, ensure_ascii=False, separators=(",", ":"))


def _form(written: str, reading: str = "") -> list[object]:
    return [written, [[unit.start, unit.end, list(unit.options)] for unit in units(written, reading)]]
