"""Signing in: slow to guess, the same answer to everybody, a new session each time."""

from types import SimpleNamespace

import pytest

from shared import accounts, journal
from shared.lib.actor import acting_as
from shared.lib.errors import Invalid, NotFound, Refused, TooMany, Unauthorised
from tests.shared.accounts.conftest import PASSWORD, Clock, is_there, signed_in, signs_up, works_here

OTHER = "thimble-orbit-lantern-24"


@pytest.fixture
def limits_follow(desk: Clock, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The counted tries grow old with the desk's clock."""
    following = SimpleNamespace(time=lambda: desk.at.timestamp())
    monkeypatch.setattr("limits.storage.memory.time", following)
    monkeypatch.setattr("shared.lib.limits.time", following)
    return desk


def wrong(login: str, address: str = "") -> type[Refused]:
    with pytest.raises(Refused) as refusal:
        accounts.sign_in(login, "not-the-password", address=address)
    return type(refusal.value)


def test_name_or_email_with_the_password_opens_a_session(desk: Clock) -> None:
    made = signs_up("Zhou Yuxin", "receptionist", email="Yuxin@Example.com")
    for login in ("zhouyuxin", "ZHOU YUXIN", "ｚｈｏｕｙｕｘｉｎ", "yuxin@example.COM"):
        who = signed_in(login)
        assert (who.kind, who.id, who.name, who.roles) == ("account", made.id, "Zhou Yuxin", {"receptionist"})


def test_the_answer_is_the_same_for_wrong_unknown_shut_and_without_password(desk: Clock) -> None:
    signs_up("known", "receptionist")
    signs_up("waiting", "receptionist", password=None)
    accounts.disable(signs_up("shut", "receptionist").token)
    answers = set()
    for login in ("known", "unknown", "shut", "waiting"):
        with pytest.raises(Unauthorised) as refusal:
            accounts.sign_in(login, PASSWORD if login == "shut" else "wrong")
        answers.add((refusal.value.sentence, refusal.value.status, *refusal.value.fields))
    assert len(answers) == 1


def test_the_sixth_wrong_try_in_a_minute_is_refused_whatever_the_address(desk: Clock) -> None:
    signs_up("known", "receptionist")
    assert [wrong("known", f"198.51.100.{n}") for n in range(6)] == [Unauthorised] * 5 + [TooMany]


def test_the_right_password_waits_too_and_opens_a_minute_later(limits_follow: Clock) -> None:
    signs_up("known", "receptionist")
    for _ in range(5):
        wrong("known")
    with pytest.raises(TooMany) as refusal:
        accounts.sign_in("known", PASSWORD)
    assert 1 <= refusal.value.retry_after <= 61
    limits_follow.moves(seconds=61)
    assert signed_in("known")


def test_names_that_do_not_exist_are_counted_alike(desk: Clock) -> None:
    assert [wrong("nobody") for _ in range(6)] == [Unauthorised] * 5 + [TooMany]


def test_twenty_wrong_tries_an_hour_from_one_address(limits_follow: Clock) -> None:
    signs_up("known", "receptionist")
    assert [wrong(f"guess{n}", "198.51.100.7") for n in range(21)] == [Unauthorised] * 20 + [TooMany]
    with pytest.raises(TooMany):
        accounts.sign_in("known", PASSWORD, address="198.51.100.7")
    assert accounts.sign_in("known", PASSWORD, address="198.51.100.8")
    limits_follow.moves(minutes=61)
    assert accounts.sign_in("known", PASSWORD, address="198.51.100.7")


def test_one_household_of_ipv6_is_one_address(desk: Clock) -> None:
    tried = [wrong(f"guess{n}", f"2001:db8:0:1::{n:x}") for n in range(21)]
    assert tried == [Unauthorised] * 20 + [TooMany]
    assert wrong("guess", "2001:db8:0:2::1") is Unauthorised


def test_signing_in_rightly_is_not_counted(desk: Clock) -> None:
    signs_up("known", "receptionist")
    for _ in range(30):
        accounts.sign_in("known", PASSWORD, address="198.51.100.7")


def test_load_tests_may_relax_it(desk: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.lib.limits.settings", lambda: SimpleNamespace(rate_limits="relaxed"))
    assert {wrong("known") for _ in range(30)} == {Unauthorised}


def test_a_wrong_try_is_kept_in_the_journal_without_what_was_typed(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    wrong("known")
    accounts.settle()
    last = journal.newest(1)[0]
    assert (last.action, last.subject, last.data) == ("accounts.sign_in_refused", f"account:{made.token}", {})


def test_signing_in_again_gives_a_new_session_and_ends_the_old_one(desk: Clock) -> None:
    signs_up("known", "receptionist")
    first = accounts.sign_in("known", PASSWORD).cookie
    assert accounts.by_session(first)
    second = accounts.sign_in("known", PASSWORD, previous=first).cookie
    assert second != first
    assert accounts.by_session(first) is None
    assert accounts.by_session(second)


def test_a_session_the_browser_brought_along_is_never_adopted(desk: Clock) -> None:
    signs_up("known", "receptionist")
    planted = "attackers-own-session-id"
    opened = accounts.sign_in("known", PASSWORD, previous=planted)
    assert opened.cookie != planted
    assert accounts.by_session(planted) is None


def test_signing_out_ends_it(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    with acting_as(is_there(cookie)):
        accounts.sign_out()
    assert accounts.by_session(cookie) is None


def test_at_the_desk_twelve_hours(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    desk.moves(hours=12, seconds=-1)
    assert accounts.by_session(cookie)
    desk.moves(seconds=1)
    assert accounts.by_session(cookie) is None


def test_a_remembered_phone_keeps_ones_own_page_for_thirty_days(desk: Clock) -> None:
    person = works_here("known")
    signs_up("known", "receptionist", person_id=person)
    opened = accounts.sign_in("known", PASSWORD, remember=True)
    assert opened.max_age == 30 * 24 * 3600
    assert is_there(opened.cookie).roles == {"receptionist", "employee"}
    desk.moves(hours=12)
    assert is_there(opened.cookie).roles == {"employee"}
    assert is_there(opened.cookie).person_id == person
    assert accounts.by_session(opened.cookie, desk_only=True) is None
    desk.moves(days=29, hours=11)
    assert accounts.by_session(opened.cookie)
    desk.moves(hours=1)
    assert accounts.by_session(opened.cookie) is None


def test_an_employee_without_more_roles_is_not_asked_again_on_the_desks_pages(desk: Clock) -> None:
    signs_up("known", person_id=works_here("known"))
    cookie = accounts.sign_in("known", PASSWORD, remember=True).cookie
    desk.moves(days=2)
    who = accounts.by_session(cookie, desk_only=True)
    assert who is not None
    assert who.roles == {"employee"}


def test_sessions_are_listed_and_ended_by_their_owner_only(desk: Clock) -> None:
    signs_up("known", "receptionist")
    signs_up("other", "receptionist")
    here, there = signed_in("known", user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/156.0"), signed_in("known")
    stranger = signed_in("other")
    with acting_as(here):
        assert {one.id for one in accounts.sessions()} == {here.session_id, there.session_id}
        assert {one.user_agent for one in accounts.sessions()} == {"Chrome, Windows", ""}
        with pytest.raises(NotFound):
            accounts.end_session(stranger.session_id or 0)
        with pytest.raises(NotFound):
            accounts.end_session(999)
        accounts.end_session(there.session_id or 0)
        assert [one.id for one in accounts.sessions()] == [here.session_id]
    with acting_as(stranger):
        assert [one.id for one in accounts.sessions()] == [stranger.session_id]


def test_all_other_sessions_end_at_once(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookies = [accounts.sign_in("known", PASSWORD).cookie for _ in range(3)]
    with acting_as(is_there(cookies[0])):
        assert accounts.end_other_sessions() == 2
    assert [bool(accounts.by_session(cookie)) for cookie in cookies] == [True, False, False]


def test_a_new_password_ends_every_session_and_this_browser_gets_a_new_one(desk: Clock) -> None:
    signs_up("known", "receptionist")
    cookies = [accounts.sign_in("known", PASSWORD).cookie for _ in range(2)]
    with acting_as(is_there(cookies[0])):
        fresh = accounts.change_password(PASSWORD, OTHER).cookie
    assert [accounts.by_session(cookie) for cookie in cookies] == [None, None]
    assert accounts.by_session(fresh)
    assert wrong("known") is Unauthorised
    with pytest.raises(Unauthorised):
        accounts.sign_in("known", PASSWORD)
    assert accounts.sign_in("known", OTHER)


def test_a_new_password_needs_the_present_one_and_must_be_good(desk: Clock) -> None:
    signs_up("known", "receptionist")
    with acting_as(signed_in("known")):
        with pytest.raises(Invalid) as refusal:
            accounts.change_password("not-the-password", OTHER)
        assert "present" in refusal.value.fields
        with pytest.raises(Invalid) as refusal:
            accounts.change_password(PASSWORD, "known12345")
        assert "password" in refusal.value.fields
    assert signed_in("known")


def test_what_matters_asks_for_the_password_after_half_an_hour(desk: Clock) -> None:
    signs_up("known", "admin_manager")
    with acting_as(signed_in("known")):
        accounts.need_confirmation()
        desk.moves(minutes=30)
        accounts.need_confirmation()
        desk.moves(seconds=1)
        with pytest.raises(Refused) as refusal:
            accounts.need_confirmation()
        assert refusal.value.code == "confirm-password"
        with pytest.raises(Invalid):
            accounts.confirm_password("not-the-password")
        assert not accounts.confirmed_lately()
        accounts.confirm_password(PASSWORD)
        accounts.need_confirmation()


def test_confirming_is_limited_like_signing_in(desk: Clock) -> None:
    signs_up("known", "admin_manager")
    with acting_as(signed_in("known")):
        for _ in range(5):
            with pytest.raises(Invalid):
                accounts.confirm_password("not-the-password")
        with pytest.raises(TooMany):
            accounts.confirm_password(PASSWORD)


def test_the_journal_holds_no_name_no_email_and_no_secret(desk: Clock) -> None:
    signs_up("zhouyuxin", "receptionist", email="yuxin@example.com")
    opened = accounts.sign_in("zhouyuxin", PASSWORD, user_agent="Firefox")
    told = repr(journal.events())
    assert "accounts.signed_in" in told
    for secret in ("zhouyuxin", "yuxin@example.com", opened.cookie, "Firefox", PASSWORD):
        assert secret not in told
