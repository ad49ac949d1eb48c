"""The cards as the call pad shows them: the company filled in, and room for who is wanted and who calls."""

from dataclasses import dataclass
from typing import Any

from shared import company, directory, phone, presence, procedure
from shared.lib import i18n

Part = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A card for the eye: pieces of words, each with what follows it filled in, and its clause."""

    key: str
    parts: tuple[Part, ...]
    clause: str

    @property
    def empty(self) -> bool:
        return not any(before or name for before, name, _filled, _otherwise in self.parts)


def shown(wanted: str = "", caller: str = "") -> dict[str, Shown]:
    """Every card in the reader's language, for somebody who calls and whom they want."""
    language = i18n.language()
    named = {"company": company.facts().spoken(language), "person": wanted, "caller": caller}
    found = {}
    for key, card in phone.cards().items():
        pieces = phone.parts(card.spoken(language))
        parts = tuple((before, name, named.get(name) or otherwise, otherwise) for before, name, otherwise in pieces)
        found[key] = Shown(key, parts, procedure.clause(card.situation.clause).label)
    return found


def wanted_of(values: dict[str, Any]) -> dict[str, str]:
    """Whom a pad that is being written wants, and where they are when they are away."""
    kept = values.get("wanted")
    known = (
        {name: str(kept.get(name) or "") for name in ("name", "value", "department")} if isinstance(kept, dict) else {}
    )
    person = directory.resolve_ref(known["value"]) if known.get("value") else None
    now = presence.of(person.id) if person else presence.IN
    return {**known, "away": "" if now.is_in else now.words}
