"""Who is asking is looked up once and forgotten when it changes."""

import pytest

from shared import accounts, journal
from shared.accounts import credentials
from shared.accounts.models import SessionRow
from shared.lib import db
from shared.lib.actor import Actor, acting_as
from tests.shared.accounts.conftest import PASSWORD, Clock, is_there, signed_in, signs_up, works_here


def ask(path: str = "/console", **more: object) -> Actor | None:
    asked = {"bearer": "", "session": "", "device": "", "secure": True} | more
    return accounts.identify(path=path, **asked)  # type: ignore[arg-type]


def test_the_second_look_needs_no_database(desk: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    first = is_there(cookie)
    with monkeypatch.context() as without:
        without.setattr(db, "reading", lambda: pytest.fail("looked into the database"))
        assert accounts.by_session(cookie) == first
        assert accounts.csrf_of(first)


def test_a_change_elsewhere_counts_after_forgetting(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    who = is_there(cookie)

    def behind_our_back() -> None:
        row = db.session().get_one(SessionRow, who.session_id)
        row.ended_at = db.act_time()

    db.write(behind_our_back)
    assert accounts.by_session(cookie)
    journal.hear(journal.Event(1, desk.at, "account:1", "accounts.signed_out", "account:x", None, {}))
    assert accounts.by_session(cookie) is None


def test_what_was_read_while_something_changed_is_not_kept(desk: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    read = credentials._session

    def changes_meanwhile(*given: object) -> object:
        found = read(*given)  # type: ignore[arg-type]
        accounts.forget()
        return found

    monkeypatch.setattr(credentials, "_session", changes_meanwhile)
    assert accounts.by_session(cookie)
    assert credentials._known == {}


def test_a_stranger_fills_no_memory(desk: Clock) -> None:
    for guess in ("", "x", "x" * 10_000, "\0", "前台"):
        assert accounts.by_session(guess) is None
        assert accounts.by_device(guess) is None
        assert accounts.by_bearer(guess) is None
    assert credentials._known == {}


def test_the_csrf_token_lives_as_long_as_the_session(desk: Clock) -> None:
    signs_up("known", "receptionist")
    here, there = signed_in("known"), signed_in("known")
    first = accounts.csrf_of(here)
    assert len(first) >= 22
    assert accounts.csrf_of(there) != first
    accounts.forget()
    assert accounts.csrf_of(here) == first
    _device, secret = accounts.add_device("Lobby")
    kiosk = accounts.by_device(secret)
    assert kiosk is not None
    assert len(accounts.csrf_of(kiosk)) >= 22
    assert accounts.csrf_of(Actor("token", 1)) == ""


def test_last_seen_is_kept_once_a_minute(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    start = desk.at

    def seen() -> object:
        accounts.settle()
        with acting_as(is_there(cookie)):
            return accounts.sessions()[0].last_seen_at

    desk.moves(seconds=59)
    is_there(cookie)
    assert seen() == start
    desk.moves(seconds=1)
    is_there(cookie)
    assert seen() == desk.at


def test_a_bearer_outweighs_cookies_and_a_wrong_one_is_nobody(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    _made, secret = accounts.create_token(accounts.NewToken(name="till", scope="admin"))
    bearer = ask(bearer=secret, session=cookie)
    assert bearer is not None
    assert bearer.kind == "token"
    assert ask(bearer="wrong", session=cookie) is None


def test_kiosk_pages_know_the_device_and_the_rest_the_session_first(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookies = {"session": accounts.sign_in("known", PASSWORD).cookie, "device": accounts.add_device("Lobby")[1]}
    kinds = {path: (ask(path, **cookies) or Actor("nobody")).kind for path in ("/kiosk", "/kiosk/visits", "/kiosks")}
    assert kinds == {"/kiosk": "device", "/kiosk/visits": "device", "/kiosks": "account"}
    assert (ask("/api/v1/visits", **cookies) or Actor("nobody")).kind == "account"
    assert (ask("/api/v1/visits", device=cookies["device"]) or Actor("nobody")).kind == "device"
    assert ask("/kiosk", session=cookies["session"]) is None
    assert ask("/console", device=cookies["device"]) is None
    assert ask("/sign-in", device=cookies["device"]) is None


def test_after_the_desks_hours_a_remembered_receptionist_signs_in_again_at_the_desk_only(desk: Clock) -> None:
    signs_up("known", "receptionist", person_id=works_here("known"))
    cookie = accounts.sign_in("known", PASSWORD, remember=True).cookie
    desk.moves(hours=13)
    assert ask("/console", session=cookie) is None
    assert ask("/console/board", session=cookie) is None
    assert (ask("/me", session=cookie) or Actor("nobody")).roles == {"employee"}


def test_what_ends_closes_its_sockets_and_no_others(desk: Clock) -> None:
    made, other = signs_up("known", "receptionist"), signs_up("other", "sysadmin")
    here, there, stranger = signed_in("known"), signed_in("known"), signed_in("other")
    device, secret = accounts.add_device("Lobby")
    kiosk = accounts.by_device(secret)
    token, bearer = accounts.create_token(accounts.NewToken(name="till", scope="reception"))
    program = accounts.by_bearer(bearer)
    everybody = [here, there, stranger, kiosk, program]
    seq = journal.last_seq()

    def closes() -> list[object]:
        nonlocal seq
        ended = [accounts.ended_by(event) for event in journal.events(seq)]
        seq = journal.last_seq()
        return [who for who in everybody if who and any(rule(who) for rule in ended if rule)]

    with acting_as(here):
        accounts.sign_out()
    assert closes() == [here]
    accounts.disable(made.token)
    assert closes() == [there]
    accounts.revoke_device(device.id)
    assert closes() == [kiosk]
    accounts.revoke_token(token.id)
    assert closes() == [program]
    accounts.change_language(other.id, "en")
    assert closes() == []
    accounts.choose_password(other.token, "thimble-orbit-lantern-24")
    assert closes() == [stranger]


def test_a_locked_session_is_known_without_another_look(desk: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_up("known", "receptionist")
    cookie, other = (accounts.sign_in("known", PASSWORD).cookie for _ in range(2))
    with acting_as(is_there(cookie)):
        accounts.lock()
    assert is_there(cookie).locked, "the next request is locked"
    assert not is_there(other).locked
    with monkeypatch.context() as without:
        without.setattr(db, "reading", lambda: pytest.fail("looked into the database"))
        assert is_there(cookie).locked
    accounts.forget()
    assert is_there(cookie).locked
    with acting_as(is_there(cookie)):
        accounts.confirm_password(PASSWORD)
    assert not is_there(cookie).locked


def test_on_a_remembered_phone_the_own_page_goes_on_while_the_desk_is_locked(desk: Clock) -> None:
    signs_up("known", "receptionist", person_id=works_here("known"))
    phone, browser = (accounts.sign_in("known", PASSWORD, remember=kept).cookie for kept in (True, False))
    for cookie in (phone, browser):
        with acting_as(is_there(cookie)):
            accounts.lock()
    for path in ("/console", "/console/board"):
        assert (ask(path, session=phone) or Actor("nobody")).locked
        assert (ask(path, session=browser) or Actor("nobody")).locked
    own = ask("/me", session=phone)
    assert own is not None and not own.locked and own.roles == {"employee"}
    assert (ask("/me", session=browser) or Actor("nobody")).locked
    assert (ask("/api/v1/visits", session=phone) or Actor("nobody")).roles == {"employee"}
