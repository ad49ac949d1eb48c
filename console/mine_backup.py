"""On one's own page and behind the link of an e-mail: the front desk needs its backup, and one tap says who goes."""

from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from console import mine_quiet
from shared import alerts
from shared.alerts import AlertView, Matter
from shared.lib import i18n, web
from shared.lib.i18n import _, format_time

PLACES = {"phone": "phone", "relay": "messages", "overdue": "volumes"}


@dataclass(frozen=True, slots=True)
class Needed:
    """For what somebody is called, and whether they have said that they go."""

    alert: AlertView
    about: Matter

    @property
    def token(self) -> str:
        return self.alert.token

    @property
    def rings(self) -> bool:
        """Whether it still asks who goes."""
        return self.alert.answer is None

    @property
    def at(self) -> str:
        return format_time(self.alert.answered_at or self.alert.created_at)

    @property
    def desk(self) -> str:
        """Where it stands on the console, for whoever may look there."""
        return f"/console/{PLACES.get(self.about.kind, f'{self.about.kind}s')}/{self.about.key}"

    @property
    def in_short(self) -> str:
        """No more than may stand on a lock screen."""
        return self.about.short if self.alert.kind == "watch" else alerts.listed(self.about.short, self.about.company)


def needed(person_id: int) -> tuple[Needed, ...]:
    """For what somebody is called as backup now, oldest first."""
    ways = (alerts.backup_calls, alerts.watch_calls, alerts.filing_calls)
    called = sorted((one for calls in ways for one in calls(person_id)), key=lambda one: one.created_at)
    return tuple(Needed(one, _matter(one)) for one in called)


def not_needed(person_id: int) -> list[str]:
    """For what they need not go any more, and who goes, in sentences."""
    return [_over(one) for one in alerts.backup_over(person_id)]


def link_page(signed: str, alert: AlertView, over: str) -> ResponseReturnValue:
    """The page of a link: the one answer there is, that it was given, or why it is over (410)."""
    one = Needed(alert, _matter(alert, outside=True))
    page = web.render("console/backup_link.html", one=one, signed=signed, over=over)
    return page, 410 if over else 200


def _matter(alert: AlertView, *, outside: bool = False) -> Matter:
    """What somebody is called for; `outside`, behind a link, no more than a mail may say."""
    if alert.kind == "watch":
        return alerts.watch_matter(alert.subject, outside=outside)
    return alerts.matter(alert.subject, alert.kind)


def _over(alert: AlertView) -> str:
    if alert.kind == "quiet":
        return mine_quiet.over(alert)
    about, colleague = _matter(alert), alert.colleague
    values = {"who": about.name, "name": colleague.spoken(i18n.language()) if colleague else ""}
    if colleague is None:
        return _("%(who)s: done. Nobody is needed any more.") % values
    return _("%(who)s: %(name)s is on the way. You need not go.") % values
