"""The e-mail about a message: from whom it is and where it is read; the words and the number stay at the desk."""

from typing import Any

from shared import company, directory, relay
from shared.alerts import links, words
from shared.alerts.model import Alert
from shared.lib import i18n
from shared.lib.config import settings
from shared.lib.i18n import _


def values(alert: Alert) -> dict[str, Any]:
    """What the letter says, in the language that is being spoken (procedure 0.9)."""
    view = relay.one(alert.subject.partition(":")[2])
    who = words.listed(directory.surname(view.from_name), view.company)
    said = _("Urgent message for you: %(who)s") if view.urgent else _("Message for you: %(who)s")
    if view.to_id != alert.person_id and view.to is not None:
        said = _("Message for %(host)s, not confirmed: %(who)s")
    host = view.to.spoken(i18n.language()) if view.to else ""
    return {
        "subject": said % {"who": who, "host": host},
        "who": directory.surname(view.from_name),
        "what": view.company,
        "when": _("Left at %(time)s") % {"time": i18n.format_time(view.recorded_at)},
        "reply": view.reply_required,
        "url": links.message_address(view.token, alert.person_id),
        "html_lang": i18n.HTML_LANG[i18n.language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(i18n.language()),
    }
