"""The greeting and the phrase cards of the call pad: ours, or those that somebody wrote in Settings (B1.1, B1.2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import db
from shared.lib.db import UTC, Base
from shared.lib.errors import NotFound
from shared.lib.i18n import _, gettext, use
from shared.phone.sayings import PLACEHOLDERS, SITUATIONS, Situation

MOST_SAID = 200
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


class PhoneCard(Base):
    """The words of one situation that are not ours; an empty text is not shown."""

    __tablename__ = "phone_card"
    situation: Mapped[str] = mapped_column(String(12), primary_key=True)
    zh: Mapped[str] = mapped_column(String(MOST_SAID))
    en: Mapped[str] = mapped_column(String(MOST_SAID))
    changed_at: Mapped[datetime] = mapped_column(UTC)


def _fillable(value: str) -> str:
    """ValueError with a sentence for a placeholder that nothing fills in."""
    said = " ".join("".join(c if c.isprintable() else " " for c in value).split())  # its punctuation stays as it is
    for found in _BRACES.finditer(said):
        if found[1] not in PLACEHOLDERS:
            values = {"name": found[0], "known": _(", ").join(f"{{{name}}}" for name in PLACEHOLDERS)}
            raise ValueError(_("%(name)s stands for nothing. There are %(known)s.") % values)
    return said


Said = Annotated[str, AfterValidator(_fillable)]


class Words(BaseModel):
    """What is said in one situation, in Chinese and in English; {person}, {company} and {caller} are filled in."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: Said = Field("", max_length=MOST_SAID)
    en: Said = Field("", max_length=MOST_SAID)


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one situation as they are now; `own` when they are not ours."""

    key: str
    situation: Situation
    words: Words
    own: bool

    def spoken(self, language: str) -> str:
        """What is said to somebody, with its placeholders; empty when nothing is shown."""
        return self.words.zh if language == "zh_Hans" else self.words.en


_known: Mapping[str, Card] | None = None


def cards() -> Mapping[str, Card]:
    """The card of every situation as it is now, in the order in which a call goes."""
    global _known
    if _known is None:
        with db.reading() as session:
            written = {row.situation: Words(zh=row.zh, en=row.en) for row in session.scalars(select(PhoneCard))}
        _known = {
            key: Card(key, situation, written.get(key) or our_words(key), key in written)
            for key, situation in SITUATIONS.items()
        }
    return _known


def forget_cards() -> None:
    """Reads the cards again when they are next asked for."""
    global _known
    _known = None


db.when_closed(forget_cards)
journal.keep_fresh(forget_cards, "settings")


def our_words(key: str) -> Words:
    """What a card says until somebody writes their own; NotFound for a situation that does not exist."""
    if key not in SITUATIONS:
        raise NotFound(_("There is no such card."))
    return Words(zh=_in("zh_Hans", SITUATIONS[key].ours), en=_in("en", SITUATIONS[key].ours))


@db.act
def write_card(key: str, words: Words) -> None:
    """Keeps other words for a situation; ours again when they are the same. The journal says which, not what."""
    ours, now = our_words(key), cards()[key].words
    db.session().execute(delete(PhoneCard).where(PhoneCard.situation == key))
    if words != ours:
        row = PhoneCard(situation=key, zh=words.zh, en=words.en, changed_at=db.act_time())
        db.session().add(row)
    if words != now:
        db.session().flush()
        journal.record("settings.changed", f"phone_card:{key}", names=[f"phone_card_{key}"])


def parts(said: str) -> list[tuple[str, str, str]]:
    """What is said, piece by piece: words before a placeholder, its name, and what it says while nobody is named.

    The last piece has no placeholder.
    """
    found: list[tuple[str, str, str]] = []
    at = 0
    for one in _BRACES.finditer(said):
        before = said[at : one.start()]
        found.append((before, one[1], _opening(before, at, gettext(PLACEHOLDERS[one[1]]))))
        at = one.end()
    return [*found, (said[at:], "", "")]


def _opening(before: str, at: int, words: str) -> str:
    """A sentence begins with a capital letter."""
    begins = before.rstrip().endswith((".", "?")) or (at == 0 and not before.strip())
    return words[:1].upper() + words[1:] if begins else words


def _in(language: str, words: str) -> str:
    with use(language):
        return gettext(words)
