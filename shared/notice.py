"""What a visitor is told before anything is written down: versioned, so that consent is to a text that can be shown."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from shared import company, journal
from shared.lib import db, i18n
from shared.lib.db import UTC, Base
from shared.lib.i18n import _


class NoticeRow(Base):
    """A text that was in force, word for word."""

    __tablename__ = "notice"
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    regime: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(UTC)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice in force in one language (procedure 4.3)."""

    version: str
    text: str
    regime: str
    consent_required: bool


def _text(language: str) -> str:
    facts = company.facts()
    with i18n.use(language):
        contact = _("the front desk")
        if facts.privacy_mail:
            contact = _("the front desk or %(mail)s") % {"mail": facts.privacy_mail}
        parts = [
            _(
                "To register your visit, tell your host and keep the office safe, %(company)s records your name, "
                "company, reason for visiting and the times you arrive and leave; "
                "a phone number only if you want a reply."
            ),
            _(
                "Records are erased or de-identified after %(days)s days. They are never used for marketing "
                "and never given to outsiders."
            ),
            _("Ask %(contact)s to see, correct or erase your data. The front desk can also register you by hand."),
        ]
        if facts.privacy_regime != "pipl":
            parts.append(_("Legal basis: legitimate interests (site security, telling your host); you may object."))
        values = {"company": facts.spoken(language), "days": facts.visit_days, "contact": contact}
        return ("" if language == "zh_Hans" else " ").join(part % values for part in parts)


_kept: dict[object, dict[str, Notice]] = {}


def current(language: str) -> Notice:
    """The notice in force now, in `language`; built once for each state of the company's facts."""
    facts = company.facts()
    if facts not in _kept:
        _kept.clear()
        _kept[facts] = {name: _built(name) for name in i18n.LANGUAGES}
    return _kept[facts][language]


def known(version: str) -> bool:
    """Whether a text of this version was in force once."""
    with db.reading() as session:
        return session.scalar(select(NoticeRow.version).where(NoticeRow.version == version).limit(1)) is not None


def _built(language: str) -> Notice:
    texts = {name: _text(name) for name in i18n.LANGUAGES}
    regime = company.facts().privacy_regime
    digest = hashlib.sha256(repr((sorted(texts.items()), regime)).encode()).hexdigest()
    return Notice(f"n-{digest[:10]}", texts[language], regime, regime != "gdpr")


@db.act
def publish() -> str:
    """Keeps the present texts for good; does nothing when they are kept already."""
    version = current("en").version
    session = db.session()
    if session.scalar(select(NoticeRow.version).where(NoticeRow.version == version).limit(1)) is None:
        for language in i18n.LANGUAGES:
            now = current(language)
            session.add(
                NoticeRow(version=version, language=language, text=now.text, regime=now.regime, since=db.act_time())
            )
        journal.record("notice.published", f"notice:{version}")
    return version
