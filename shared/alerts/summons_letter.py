"""The e-mail that calls somebody to the desk about the watch-list: that they are needed, and no name."""

from typing import Any

from shared import company, visits
from shared.alerts import links
from shared.alerts.model import Alert
from shared.lib import i18n
from shared.lib.config import settings
from shared.lib.i18n import _, format_time, language


def watch_values(alert: Alert) -> dict[str, Any]:
    """What the letter says; whom it is about stands on the page, after signing in."""
    visit = visits.by_token(alert.subject.partition(":")[2])
    return {
        "subject": _("The front desk needs you: a question about a visitor"),
        "who": _("A visitor"),
        "firm": "",
        "what": _("Somebody with a name that is on the watch-list is at the front desk. Your own page says more."),
        "when": _("Arrived %(time)s") % {"time": format_time(visit.arrived_at or visit.created_at)},
        "url": links.address(alert.token, alert.person_id),
        "html_lang": i18n.HTML_LANG[language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(language()),
    }
