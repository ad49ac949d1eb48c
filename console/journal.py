"""The journal, line by line and in words: what happened, when, and who did it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import event_words, events
from shared import journal, privacy
from shared.lib import clock, i18n, web
from shared.lib.forms import LARGEST
from shared.lib.i18n import _

blueprint = Blueprint("journal", __name__, template_folder="templates")
PAGE = 100


class JournalQuery(BaseModel):
    """Which lines."""

    model_config = ConfigDict(extra="ignore")
    topic: str = Field("", max_length=20)
    before: int | None = Field(None, ge=1, le=LARGEST)


@web.route(blueprint, "/console/journal", needs="journal.read")
def page() -> ResponseReturnValue:
    """A page of lines, newest first; with `X-Fragment` the lines alone. Visitors of earlier days count as looked at."""
    asked = web.query(JournalQuery)
    topics = [asked.topic] if asked.topic in event_words.TOPICS else []
    found = journal.newest(PAGE, before=asked.before, topics_wanted=topics)
    told = events.tell(found)
    today = i18n.today(clock.now())
    privacy.shown(line.visit for line in told if line.visit and i18n.today(line.at) < today)
    template = "console/_journal_rows.html" if "X-Fragment" in request.headers else "console/journal.html"
    return web.render(
        template,
        told=told,
        following=found[-1].seq if len(found) == PAGE else None,
        topics=[("", _("All")), *((topic, _(label)) for topic, label in event_words.TOPICS.items())],
        topic=asked.topic,
        here="journal",
    )
