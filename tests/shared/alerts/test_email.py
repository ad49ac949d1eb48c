"""E-mail against a real server: six ways in which it can go, and each ends in a sentence for reception."""

import itertools
import os
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from shared import alerts, visits
from shared.alerts import email, queue
from shared.alerts.model import Delivery
from shared.alerts.queue import EMAIL, claim
from shared.alerts.sender import Sender
from shared.lib import clock, db, i18n
from shared.lib.config import settings
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import FULL, Clock, Office, free_port, letters, use

PHONE = "13812340987"


def card(visit_id: int) -> tuple[str, str, bool]:
    """State, sentence and failure of the e-mail, as the board has it."""
    with i18n.use("en"):
        [one] = [one for one in alerts.for_visits([visit_id])[visit_id] if one.channel == "email"]
    return one.state, one.sentence, one.failed


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_it_is_taken(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host, visitor_name="尉迟敬德", phone=PHONE, purpose="interview")
    letters().work()
    assert card(done.id) == ("sent", "E-mail 10:26 sent", False)
    [letter] = office.letters
    [alert] = alerts.open_for(cast.host.id)
    assert letter["To"] == "王建明 <wang@example.com>"
    assert letter["Message-ID"] == f"<alert.{alert.token}@127.0.0.1>"
    assert letter["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = body(letter, kind)
        assert "尉迟**" in text and "深蓝物联" in text
        assert f"{settings().url}/a/" in text
        assert "敬德" not in text, "a lock screen shows the surname only"
    assert PHONE not in office.envelopes[0].content.decode() and PHONE not in str(letter)  # type: ignore[union-attr]


def test_it_is_written_in_the_language_of_the_person(office: Office, cast: Cast) -> None:
    from shared import accounts
    from shared.accounts.forms import NewAccount

    accounts.add_account(NewAccount(name="Wang", person_id=cast.host.id, language="en"))
    checks_in(cast.host)
    letters().work()
    [letter] = office.letters
    assert letter["Subject"] == "At the front desk for you: 陈**, 深蓝物联, Business"
    assert 'lang="en"' in body(letter, "html")


@pytest.mark.parametrize(
    ("says", "sentence", "again"),
    [
        ("450 4.2.1 try again", "E-mail failed: mail server asks to wait", True),
        ("452 4.2.2 over quota", "E-mail failed: mailbox full", True),
        (FULL, "E-mail failed: mailbox full", False),
        ("550 5.1.1 no such user", "E-mail failed: unknown address", False),
        ("554 5.7.1 rejected as spam", "E-mail failed: mail server refuses the e-mail", False),
    ],
)
def test_it_is_refused(office: Office, cast: Cast, says: str, sentence: str, again: bool) -> None:
    office.says = says
    done = checks_in(cast.host)
    letters().work()
    assert card(done.id) == ("failed", sentence, True)
    [one] = [one for one in alerts.open_for(cast.host.id)[0].deliveries if one.channel == "email"]
    assert (one.next_at is not None) is again
    assert "wang@example.com" not in one.detail
    assert office.envelopes == []


def test_the_server_is_down(office: Office, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    first, second = checks_in(cast.host), checks_in(cast.other)
    letters().work()
    for done in (first, second):
        assert card(done.id) == ("failed", "E-mail failed: mail server not reachable", True)


def test_the_server_hangs(office: Office, cast: Cast) -> None:
    office.does = "hangs"
    first, second = checks_in(cast.host), checks_in(cast.other)
    letters().work()
    for done in (first, second):
        assert card(done.id) == ("failed", "E-mail failed: mail server does not answer", True)
    assert len(office.envelopes) == 1, "a server that hangs is not asked once for each letter"


def test_the_server_takes_it_and_drops_the_line(office: Office, cast: Cast, time: Clock) -> None:
    office.does = "drops"
    done = checks_in(cast.host)
    letters().work()
    assert card(done.id) == ("failed", "E-mail failed: mail server broke off", True)
    office.does = "takes"
    time.moves(seconds=30)
    letters().work()
    assert card(done.id)[0] == "sent"
    first, second = office.letters
    assert first["Message-ID"] == second["Message-ID"], "a mailbox shows it once"


def test_it_is_tried_again_from_thirty_seconds_to_five_minutes_until_it_is_given_up(
    office: Office, cast: Cast, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(hours=24) == queue.GIVE_UP
    monkeypatch.setattr(queue, "GIVE_UP", timedelta(minutes=40))
    office.says = "451 4.3.0 later"
    checks_in(cast.host)
    start, tried = time.at, []
    post = letters()
    with db.reading() as session:
        delivery = session.scalar(select(Delivery.id).where(Delivery.channel == "email"))
    while (due := post.due()) is not None:
        time.at = due
        tried.append((due - start).total_seconds())
        post.work()
    pauses = [later - earlier for earlier, later in itertools.pairwise(tried)]
    assert pauses[:5] == [30, 60, 120, 300, 300]
    assert set(pauses[5:]) == {300}
    assert 35 * 60 < tried[-1] <= 40 * 60
    with db.reading() as session:
        row = session.get_one(Delivery, delivery)
        assert (row.state, row.reason, row.attempts) == ("failed", "busy", len(tried))


def test_an_alert_that_was_answered_meanwhile_is_not_sent(office: Office, cast: Cast, time: Clock) -> None:
    office.says = "451 later"
    checks_in(cast.host)
    letters().work()
    alerts.answer(alerts.open_for(cast.host.id)[0].token, cast.host.id, "coming")
    office.says = "250 OK"
    time.moves(minutes=10)
    assert letters().due() is None
    assert office.envelopes == []


def test_the_letter_of_a_summary_waits_for_its_number(office: Office, cast: Cast, time: Clock) -> None:
    for _ in range(9):
        checks_in(cast.host)
    letters().work()
    assert len(office.envelopes) == 5
    time.moves(seconds=60)
    letters().work()
    with i18n.use("en"):
        assert "4" in str(office.letters[-1]["Subject"])
    assert len(office.envelopes) == 6


HOSTILE = "a\r\nBcc: x@y"


def test_nothing_in_a_name_ends_a_header(office: Office, cast: Cast) -> None:
    done = checks_in(cast.host, visitor_company=HOSTILE, visitor_name="O'Neil")
    markup = '"><script>alert(1)</script><img src=//e.example/x>'
    db.write(lambda: db.session().execute(update(visits.Visit).values(visitor_company=HOSTILE + markup)))
    letters().work()
    [letter] = office.letters
    assert office.envelopes[0].rcpt_tos == ["wang@example.com"]
    assert letter["Bcc"] is None
    assert letter.get_all("Subject") == [letter["Subject"]]
    assert "Bcc: x@y" in letter["Subject"], "it is text like any other"
    html = body(letter, "html")
    assert "<script" not in html and "<img" not in html
    assert card(done.id)[0] == "sent"


def test_a_mail_server_is_named_by_an_address() -> None:
    assert email.server("smtp://127.0.0.1:2525") == email.Server("127.0.0.1", 2525, "none", "", "")
    assert email.server("smtp://desk%40x:p%3Aw@mail.example.com:587?tls=starttls").password == "p:w"
    assert email.server("smtp://mail.example.com").tls == "starttls"
    assert email.server("smtp://mail.example.com:465").tls == "tls"


KILLED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from shared.alerts import queue
from shared.alerts.sender import Post
from shared.lib import db
from shared.lib.config import settings
from tests.shared.alerts.conftest import letters
from shared.migrations import models
models.load()
db.start(settings().database)
post = letters()
post.sent = lambda *_: os._exit(9)
post.work()
"""


def test_a_sender_that_is_killed_between_send_and_mark_sends_again_under_the_same_id(
    office: Office, cast: Cast
) -> None:
    clock.reset()
    done = checks_in(cast.host)
    killed = subprocess.run([sys.executable, "-c", KILLED, os.getcwd()], timeout=50, check=False)
    assert killed.returncode == 9
    assert len(office.envelopes) == 1
    assert card(done.id)[0] == "sending"
    assert claim(EMAIL, "another", 10) == [], "its lease still runs"
    when = clock.now()
    later = Clock(when)
    later.moves(seconds=61)
    clock.set_clock(later)
    letters().work()
    first, second = office.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert card(done.id)[0] == "sent"
    assert len(alerts.open_for(cast.host.id)) == 1, "one alert for the eye"


def test_the_sender_runs_by_itself_and_a_hung_server_delays_no_other_line(
    office: Office, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.reset()
    monkeypatch.setattr(email, "TIMEOUT", 30.0)
    office.does = "hangs"
    sender = Sender()
    sender.start()
    try:
        done = checks_in(cast.host)
        assert office.came.wait(5), "the letter has arrived, and its answer hangs"
        screen = next(line for line in sender.lines if line.name == "screen")
        waited = clock.now()
        while not any(one.failed for one in alerts.for_visits([done.id])[done.id]):
            assert (clock.now() - waited).total_seconds() < 8
            screen.signal.wait(0.05)
        assert card(done.id)[0] == "sending"
    finally:
        office.closing._loop.call_soon_threadsafe(office.closing.set)  # type: ignore[attr-defined]
        sender.stop()
