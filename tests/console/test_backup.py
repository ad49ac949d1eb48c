"""T01, T04: the backup on their own page, behind the link of an e-mail, over the API; and what the console says."""

import re
from collections.abc import Iterator

import pytest

import app as product
from shared import accounts, alerts, directory, rooms, visits
from shared.accounts.forms import NewToken
from shared.accounts.signing_in import open_session
from shared.alerts.sender import Sender
from shared.deadlines import Clockwork
from shared.directory import PersonView
from shared.lib import clock
from shared.lib.config import settings
from shared.visits import Seat
from tests.cast import Cast, built, checks_in
from tests.console.own_page import Browser, Desk
from tests.console.reception import Reception
from tests.inbox import Inbox, inbox
from tests.serving import wait_for
from tests.shared.alerts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(product.create_app(), cast)


@pytest.fixture
def zhou(cast: Cast) -> PersonView:
    department = directory.departments()[0].token
    return directory.add_person(directory.PersonForm(name="周雨欣", department=department, email="zhou@example.com"))


def stands_in(desk: Desk, person: PersonView, *, password: bool = True) -> Browser:
    """The backup, who is signed in: with a password at a desk, by a link on a phone."""
    new = {"name": person.name, "person_id": person.id, "roles": ["backup_receptionist"], "language": "en"}
    made = accounts.add_account(accounts.NewAccount.model_validate(new), password_hash="known")
    client = desk.app.test_client()
    client.set_cookie("foyer", open_session(made.id, "known" if password else None).cookie)
    page = client.get("/account").get_data(as_text=True)
    return Browser(client, page.partition('name="csrf" content="')[2].partition('"')[0])


def later(time: Clock, **by: float) -> None:
    time.moves(**by)
    while Clockwork().work():
        pass


def own(browser: Browser) -> str:
    return browser.get("/me").get_data(as_text=True)


def row(reception: Reception, key: str) -> str:
    """The row of Due now, asked for until it shows the newest."""
    from tests.console.test_due import fresh

    return fresh(reception).partition(f'data-key="{key}"')[2].partition("</li>")[0]


def test_t01_one_tap_says_who_goes_and_the_console_shows_it(desk: Desk, zhou: PersonView, time: Clock) -> None:
    browser, colleague = stands_in(desk, zhou), stands_in(desk, desk.cast.other)
    reception = Reception(desk.app)
    done = checks_in("陆总")
    before = browser.get("/me/now").headers["X-Seq"]
    later(time, minutes=2)
    assert "backup called: Zhou Yuxin, Yuchi Ming" in row(reception, "T01")
    news = browser.get(f"/me/now?since={before}").get_data(as_text=True)
    for words in (
        "The front desk needs you",
        "陈嘉豪",
        "深蓝物联",
        "Nobody at the desk has greeted them yet.",
        "Arrived 10:26",
    ):
        assert words in news
    assert 'data-count="1"' in news and "data-open" in news
    assert f'href="/console/visits/{done.token}"' in news
    form = news.partition('class="note open"')[2].partition("</section>")[0]
    assert re.findall(r"<button[^>]*>([^<]*)<", form) == ["I am on my way"], "no answers of a host"
    [alert] = alerts.backup_calls(zhou.id)
    time.moves(minutes=1)
    assert browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"}).status_code == 303
    assert "You are on the way" in own(browser) and "I am on my way" not in own(browser)
    assert "陈嘉豪: Zhou Yuxin is on the way. You need not go." in own(colleague)
    assert "10:29 Zhou Yuxin is on the way" in row(reception, "T01")
    sheet = reception.part(f"/console/visits/{done.token}").text
    for words in (
        "Zhou Yuxin called as backup",
        "Zhou Yuxin is on the way as backup",
        "Yuchi Ming is no longer called",
    ):
        assert words in sheet
    seq = browser.get("/me/now").headers["X-Seq"]
    reception.tells(f"/console/visits/{done.token}/greeting")
    over = browser.get(f"/me/now?since={seq}").get_data(as_text=True)
    assert "陈嘉豪: done. Nobody is needed any more." in over
    assert 'data-count="0"' in over


def test_t04_the_row_of_the_room_says_it_too(desk: Desk, zhou: PersonView, time: Clock) -> None:
    browser, reception, house = stands_in(desk, zhou), Reception(desk.app), built()
    visits.seat(checks_in(desk.cast.other).token, Seat(room=house.zhu))
    rooms.serve(house.zhu)
    later(time, minutes=20)
    assert "backup called: Zhou Yuxin" in row(reception, "T04")
    page = own(browser)
    for words in ("Bamboo", "The tea has not been refilled.", "Served last at 10:26", f"/console/rooms/{house.zhu}"):
        assert words in page
    assert "Zhou Yuxin called as backup" in reception.part(f"/console/rooms/{house.zhu}").text


def test_t01_a_phone_that_stays_signed_in_shows_no_way_to_the_console(
    desk: Desk, zhou: PersonView, time: Clock
) -> None:
    browser = stands_in(desk, zhou, password=False)
    done = checks_in("陆总")
    later(time, minutes=2)
    page = own(browser)
    assert "I am on my way" in page
    assert f"/console/visits/{done.token}" not in page


def test_t01_without_a_backup_the_history_claims_no_call(desk: Desk, time: Clock) -> None:
    reception = Reception(desk.app)
    done = checks_in("陆总")
    later(time, minutes=2)
    sheet = reception.part(f"/console/visits/{done.token}").text
    assert "nobody else is there to be called as backup" in sheet
    assert "called as backup</" not in sheet.replace("nobody else is there to be called as backup", "")
    assert "backup called" not in row(reception, "T01")


def test_t01_while_the_console_is_locked_the_row_names_nobody(desk: Desk, zhou: PersonView, time: Clock) -> None:
    stands_in(desk, zhou)
    reception = Reception(desk.app)
    checks_in("陆总")
    later(time, minutes=2)
    reception.tells("/console/lock")
    shown = row(reception, "T01")
    assert "backup called: Z**" in shown and "Yuxin" not in shown


def test_t01_a_link_says_it_for_one_person_without_a_sign_in(desk: Desk, zhou: PersonView, time: Clock) -> None:
    stands_in(desk, zhou)
    done = checks_in("陆总")
    later(time, minutes=2)
    [alert] = alerts.backup_calls(zhou.id)
    link = f"/a/{alerts.sign(alert.token, zhou.id)}"
    page = desk.stranger().get(link).get_data(as_text=True)
    assert "陈**" in page and "深蓝物联" in page and "I am on my way" in page
    assert "嘉豪" not in page and "/console" not in page and "Coming at once" not in page
    assert alerts.one(alert.token).state == "open", "looking promises nothing"
    assert desk.stranger().post(link, data={"answer": "cannot"}).status_code == 422
    said = desk.stranger().post(link, data={"answer": "coming"})
    assert (said.status_code, alerts.one(alert.token).via) == (200, "link")
    assert "You are on the way" in said.get_data(as_text=True)
    visits.greet(done.token)
    late = desk.stranger().get(link)
    assert late.status_code == 410 and "settled" in late.get_data(as_text=True)


def test_t01_programs_see_the_call_and_answer_it(desk: Desk, zhou: PersonView, time: Clock) -> None:
    stands_in(desk, zhou)
    account = accounts.account_of_person(zhou.id)
    assert account is not None
    done = checks_in("陆总")
    later(time, minutes=2)
    _, reception = accounts.create_token(NewToken(name="r", scope="reception"))
    _, mine = accounts.create_token(NewToken(name="m", scope="me", account=account.login))
    client = desk.app.test_client()
    listed = client.get("/api/v1/alerts", headers={"Authorization": f"Bearer {reception}"}).json
    [shown] = listed["alerts"]  # type: ignore[index]
    assert (shown["kind"], shown["subject"], shown["state"]) == ("backup", f"visit:{done.token}", "open")
    address = f"/api/v1/alerts/{shown['id']}/answer"
    said = client.post(address, headers={"Authorization": f"Bearer {mine}"}, json={"answer": "coming"})
    assert said.json["answer"] == "coming"  # type: ignore[index]


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    with inbox() as kept:
        monkeypatch.setenv("DESK_SMTP_URL", kept.url)
        settings.cache_clear()
        yield kept
    settings.cache_clear()


def test_t01_the_letter_reaches_the_mailbox_by_itself(
    desk: Desk, zhou: PersonView, time: Clock, mailbox: Inbox
) -> None:
    stands_in(desk, zhou)
    checks_in("陆总")
    time.moves(minutes=2)
    clock.set_clock(time)
    sender = Sender()
    sender.start()
    try:
        Clockwork().work()
        wait_for(lambda: mailbox.told("zhou@example.com"), "the letter")
    finally:
        sender.stop()
    [told] = mailbox.told("zhou@example.com")
    assert "The front desk needs you" in told and "陈**" in told and "嘉豪" not in told
    link = next(line for line in told.splitlines() if "/a/" in line)
    assert desk.stranger().get(link[link.index("/a/") :].strip()).status_code == 200
