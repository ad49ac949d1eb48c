"""Alerts and deliveries as others read them: frozen, in the reader's language, without a visitor's name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import directory
from shared.alerts import words
from shared.alerts.model import LIVE, Alert, Delivery
from shared.directory import PersonView
from shared.lib.i18n import _, format_time, language


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """How an alert fared on one channel: an icon of the house, one short line, and the bare facts behind it.

    `kind` is ok, seen, bad (failed, in ink and not in red) or empty; `detail` is what the other side said.
    """

    channel: str
    state: str
    icon: str
    sentence: str
    at: datetime | None
    kind: str = ""
    reason: str | None = None
    detail: str = ""
    attempts: int = 0
    next_at: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether reception should know that this way did not work."""
        return self.kind == "bad"

    @property
    def text(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert: who was asked, about which visit, what was answered, and how each channel fared."""

    token: str
    kind: str
    subject: str
    visit_id: int | None
    person_id: int
    state: str
    summary: bool
    count: int
    answer: str | None
    minutes: int | None
    answered_by: int | None
    via: str
    answered_at: datetime | None
    passed_to: int | None
    told_again_at: datetime | None
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    deliveries: tuple[DeliveryView, ...] = ()

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def person(self) -> PersonView | None:
        return directory.person(self.person_id)

    @property
    def colleague(self) -> PersonView | None:
        """Who goes instead."""
        return directory.person(self.passed_to) if self.passed_to is not None else None


def alert_view(row: Alert, deliveries: Iterable[Delivery] = ()) -> AlertView:
    """A row and its deliveries as a value."""
    return AlertView(
        token=row.token,
        kind=row.kind,
        subject=row.subject,
        visit_id=row.visit_id,
        person_id=row.person_id,
        state=row.state,
        summary=row.summary,
        count=row.count,
        answer=row.answer,
        minutes=row.minutes,
        answered_by=row.answered_by_person,
        via=row.answered_via,
        answered_at=row.answered_at,
        passed_to=row.passed_to,
        told_again_at=row.told_again_at,
        created_at=row.created_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        deliveries=tuple(delivery_view(one) for one in deliveries),
    )


def lines(row: Alert, deliveries: Iterable[Delivery]) -> list[DeliveryView]:
    """What reception reads on the card of a visitor who waits: every channel, or who answered and by which way."""
    if row.passed_to is not None:
        said = _("%(time)s %(name)s asked %(colleague)s to go")
        return [_answer_line(row, "swap", said)]
    if row.answer is None:
        return [*_ladder(row), *(delivery_view(one) for one in deliveries)]
    if row.answered_via == "me":
        return []
    return [_answer_line(row, "mail" if row.answered_via == "link" else "person", "%(name)s, %(via)s")]


def _ladder(row: Any) -> Iterator[DeliveryView]:
    """That somebody was told again, or that the deputy was asked, and when."""
    if row.kind == "deputy":
        who, said = directory.person(row.person_id), _("%(time)s %(name)s asked as deputy")
        values = {"time": format_time(row.created_at), "name": who.spoken(language()) if who else ""}
        yield DeliveryView("answer", "answered", "swap", said % values, row.created_at)
    if row.told_again_at is not None:
        said = _("%(time)s told again") % {"time": format_time(row.told_again_at)}
        yield DeliveryView("again", "sent", "bell", said, row.told_again_at)


def delivery_view(row: Any) -> DeliveryView:
    """One channel, in words."""
    at, icon, sentence, kind = _said(row)
    reason = words.reason_name(row.reason) if row.reason else None
    return DeliveryView(row.channel, row.state, icon, sentence, at, kind, reason, row.words, row.attempts, row.next_at)


def _said(row: Any) -> tuple[datetime | None, str, str, str]:
    email = row.channel == "email"
    icon = "mail" if email else "web"
    if row.state == "answered":
        return row.sent_at, icon, _("E-mail answered") if email else _("Page answered"), "ok"
    if row.state == "failed" or row.reason:
        said = _("E-mail failed: %(reason)s") if email else _("Page: %(reason)s")
        return row.failed_at, icon, said % {"reason": words.reason_name(row.reason)}, "bad"
    if row.state == "seen":
        said = _("%(time)s seen, not answered")
        return row.seen_at, "eye", said % {"time": format_time(row.seen_at)}, "seen"
    if row.state == "delivered":
        return row.delivered_at, icon, _("Page %(time)s delivered") % {"time": format_time(row.delivered_at)}, ""
    if row.state == "sent":
        said = _("E-mail %(time)s sent") if email else _("Page %(time)s called")
        return row.sent_at, icon, said % {"time": format_time(row.sent_at)}, ""
    return row.created_at, icon, _("E-mail on its way") if email else _("Calling the page"), ""


def _answer_line(row: Alert, icon: str, said: str) -> DeliveryView:
    who, other = directory.person(row.answered_by_person or 0), directory.person(row.passed_to or 0)
    values = {
        "time": format_time(row.answered_at or row.created_at),
        "name": who.spoken(language()) if who else "",
        "colleague": other.spoken(language()) if other else "",
        "via": words.via_name(row.answered_via),
    }
    return DeliveryView("answer", "answered", icon, said % values, row.answered_at, "ok")
