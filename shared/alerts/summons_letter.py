"""What somebody who is called to the desk reads: everything on their own page, no name of a visitor in the e-mail."""

from typing import Any

from shared import company, quiet_calls, visits, watch_list
from shared.alerts import links
from shared.alerts.backup_letter import Matter
from shared.alerts.model import Alert
from shared.lib import i18n
from shared.lib.config import settings
from shared.lib.i18n import _, format_time, language


def watch_matter(subject: str, *, outside: bool = False) -> Matter:
    """Who may have come, and what is to be done; `outside` the house neither."""
    visit = visits.by_token(subject.partition(":")[2])
    when = _("Arrived %(time)s") % {"time": format_time(visit.arrived_at or visit.created_at)}
    short, what = _("A visitor"), _("Somebody with a name that is on the watch-list is at the front desk.")
    if outside:
        return Matter("visit", visit.token, short, "", short, f"{what} {_('Your own page says more.')}", when)
    do = [one.instruction for one in watch_list.of_visit(visit.id) if one.open and one.instruction]
    said = " ".join([_("May be on the watch-list."), *do])
    return Matter("visit", visit.token, visit.visitor_name, visit.visitor_company, short, said, when)


def watch_values(alert: Alert) -> dict[str, Any]:
    """What the letter says, in the language that is being spoken."""
    about = watch_matter(alert.subject, outside=True)
    return {
        "subject": _("The front desk needs you: a question about a visitor"),
        "who": about.short,
        "firm": "",
        "what": about.what,
        "when": about.when,
        "url": links.address(alert.token, alert.person_id),
        "html_lang": i18n.HTML_LANG[language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(language()),
    }


def quiet_values(alert: Alert) -> dict[str, Any]:
    """What somebody reads whom a quiet call calls; nothing of who is at the desk."""
    call = quiet_calls.one(alert.subject.partition(":")[2])
    head = _("Drill: quiet call from the front desk") if call.drill else _("Quiet call from the front desk")
    return {
        "subject": f"{head}: {quiet_calls.place()}",
        "head": head,
        "words": quiet_calls.words(),
        "place": quiet_calls.place(),
        "when": _("Since %(time)s") % {"time": format_time(call.begun_at)},
        "url": links.address(alert.token, alert.person_id),
        "html_lang": i18n.HTML_LANG[language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(language()),
    }
