"""What the messages about one visit or call forget, in the act that erases their subject (procedure 4.6)."""

from sqlalchemy import Select, select, update

from shared import directory
from shared.lib import db
from shared.relay.model import Relay, RelayAttempt, RelayHolder


def erase_words(subject: str) -> None:
    """What was said, by whom and how they are reached; that it was passed on, and when, stays. Only inside an act."""
    for row in db.session().scalars(select(Relay).where(Relay.subject == subject)):
        row.from_name = directory.shortened(row.from_name)
        row.company = row.message = ""
        row.number = row.wrong = row.reply_summary = None
        row.cancel_reason = "" if row.cancel_reason is not None else None
        for model, column in ((RelayAttempt, "note"), (RelayHolder, "reason")):
            db.session().execute(update(model).where(model.relay_id == row.id).values({column: None}))
    db.session().flush()


def tokens_about(subject: str) -> Select[str]:
    """The messages about one visit or call, by their public ids."""
    return select(Relay.token).where(Relay.subject == subject)


def erase_number(subject: str) -> None:
    """The number somebody wanted to be called back at. Only inside an act."""
    db.session().execute(update(Relay).where(Relay.subject == subject).values(number=None))
