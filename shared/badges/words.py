"""What the desk adds before a badge is drawn: printed words in two languages, and texts made harmless."""

import unicodedata
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

from shared.badges.facts import BadgeFacts, Words
from shared.lib.errors import Invalid
from shared.lib.i18n import _, known, use
from shared.lib.text import clean

LONGEST = 120
MARKS = 2
LONGEST_PASS = 300


def tidy(facts: BadgeFacts) -> BadgeFacts:
    """The same facts without control and direction characters, at most 120 characters each, accents not heaped up."""
    if not 1 <= len(facts.qr_text.encode()) <= LONGEST_PASS:
        raise Invalid(_("The address of the pass does not fit on a badge."))
    texts: dict[str, Any] = {f.name: _harmless(getattr(facts, f.name)) for f in fields(facts) if f.type is str}
    return replace(facts, **texts | {"qr_text": facts.qr_text, "language": known(facts.language) or "zh_Hans"})


def words(language: str) -> Words:
    """The printed words for a visitor who reads `language`."""
    other = "en" if language == "zh_Hans" else "zh_Hans"
    with use(other):
        visitor_other, escort_other = _("Visitor"), _("Escort required")
    with use(language):
        return Words(
            language=language,
            other=other,
            visitor=_("Visitor"),
            visitor_other=visitor_other,
            escort=_("Escort required"),
            escort_other=escort_other,
            visiting=_("Visiting"),
            date=_("Date"),
            until=_("Valid today, hand back when you leave"),
        )


def _harmless(value: str) -> str:
    kept = ""
    for marks, group in groupby(clean(value[: 40 * LONGEST]), lambda c: unicodedata.category(c) in ("Mn", "Me")):
        kept += "".join(group)[: MARKS if marks else None]
    return kept[:LONGEST].strip()
