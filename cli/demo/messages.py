"""The messages that callers left at the demo desk until yesterday: passed on, repeated and answered (procedure 5.2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from shared import calendar
from shared.lib import text

LATE, UNCONFIRMED, UNANSWERED = 14, 33, 10  # every so many one is late: few enough that dice would not do
NOBODY = "未透露"
URGENT, ASKS, REPEATED, NOT_AT_ONCE = 0.08, 0.3, 0.45, 0.25
WAYS = {"in_person": 50, "extension": 35, "mobile": 15}
Row = dict[str, Any]


def left(call: Row, nth: int) -> Row:
    """The message of a call as it went; `nth` says which are late."""
    random = Random(f"message {call['call_at'].isoformat()}")
    recorded, urgent = call["created_at"], random.random() < URGENT
    limit = timedelta(minutes=15 if urgent else 60)
    notified = _passed_on(random, recorded, late=nth % LATE == 0)
    repeated = nth % UNCONFIRMED != 0 and random.random() < REPEATED
    confirmed = notified + timedelta(seconds=random.randint(8, 40))
    if not repeated:
        confirmed = _confirmed(random, recorded, notified, limit, late=nth % UNCONFIRMED == 0)
    asks = call["offer"] == "call_back" or random.random() < ASKS
    replied = _replied(random, confirmed, urgent, late=nth % UNANSWERED == 0) if asks else None
    return {
        "token": text.token(12), "subject": f"phone:{call['token']}", "to_id": call["wanted_id"],
        "urgency": "urgent" if urgent else "normal", "from_name": call["caller_name"] or NOBODY,
        "company": call["caller_company"], "number": call["number"], "message": call["content"],
        "read_back_done": True, "reply_required": asks, "status": "closed", "recorded_at": recorded,
        "recorded_by": call["by"], "notified_at": notified, "confirmed_at": confirmed,
        "confirm_method": "repeated" if repeated else "page", "replied_at": replied,
        "reply_summary": "已回电" if asks else None, "closed_at": replied or confirmed,
        "attempts": _attempts(random, call["by"], recorded, notified),
    }  # fmt: skip


def clocks(message: Row) -> Iterator[Row]:
    """T09 until it was passed on, T10 until it was confirmed, T11 until there was a reply."""
    about = {"subject": f"relay:{message['token']}", "person_id": message["to_id"]}
    urgent = "U" if message["urgency"] == "urgent" else ""
    began, by = message["recorded_at"], message["recorded_by"]
    yield {**about, "key": "T09", "starts_at": began, "met_at": message["notified_at"], "met_by": by}
    yield {**about, "key": f"T10{urgent}", "starts_at": began, "met_at": message["confirmed_at"], "met_by": by}
    if message["replied_at"] is not None:
        asked = {"starts_at": message["confirmed_at"], "met_at": message["replied_at"]}
        yield {**about, "key": f"T11{urgent}", **asked, "met_by": by}


def _passed_on(random: Random, recorded: datetime, *, late: bool) -> datetime:
    seconds = 306 + random.expovariate(1 / 120) if late else random.triangular(40, 290, 120)
    return recorded + timedelta(seconds=round(min(seconds, 900)))


def _confirmed(random: Random, recorded: datetime, notified: datetime, limit: timedelta, *, late: bool) -> datetime:
    """On their own page; counted from when it was written down."""
    if late:
        return _whole(max(notified, recorded + limit * random.uniform(1.05, 1.5)))
    return _whole(notified + max(timedelta(0), recorded + limit - notified) * random.uniform(0.03, 0.9))


def _replied(random: Random, confirmed: datetime, urgent: bool, *, late: bool) -> datetime:
    """The same day, now and then after the office has closed."""
    evening = calendar.end_of_workday(confirmed).astimezone(confirmed.tzinfo)
    if evening.date() > confirmed.date():
        return confirmed + timedelta(minutes=random.randint(3, 15))
    if late:
        return evening + timedelta(minutes=random.randint(5, 60))
    there_is = min(timedelta(minutes=28), evening - confirmed) if urgent else evening - confirmed
    return _whole(confirmed + there_is * random.uniform(0.05, 0.8))


def _attempts(random: Random, by: str, recorded: datetime, notified: datetime) -> list[Row]:
    """The desk writes at once; then somebody goes or rings, the second time if the first is in vain."""
    tries = [(recorded, "page", "auto_sent")]
    if random.random() < NOT_AT_ONCE:
        tries.append((_whole(recorded + (notified - recorded) / 2), "extension", "no_answer"))
    tries.append((notified, random.choices(list(WAYS), list(WAYS.values()))[0], "reached"))
    return [{"at": at, "by": by, "channel": channel, "result": result} for at, channel, result in tries]


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
