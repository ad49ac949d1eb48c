"""Links work once, for one person, for a short time."""

import pytest

from shared import accounts, company, directory
from shared.accounts import SetUp
from shared.lib import text
from shared.lib.actor import NOBODY, acting_as
from shared.lib.errors import Forbidden, Gone, Invalid, NotFound, Refused, Unauthorised
from tests.shared.accounts.conftest import PASSWORD, Clock, is_there, signed_in, signs_up, works_here

FORM = SetUp(company="Xinghe", name="chief", password=PASSWORD, receptionist_name="clerk")


@pytest.fixture
def sent(desk: Clock) -> list[tuple[str, str, str, str]]:
    """What went out by e-mail."""
    letters: list[tuple[str, str, str, str]] = []
    accounts.mail_with(lambda *letter: letters.append(letter))
    return letters


def set_up(secret: str, **more: str) -> accounts.SetUpDone:
    return accounts.set_up(secret, FORM.model_copy(update=more))


def asks(email: str) -> None:
    accounts.request_link(email)
    accounts.settle()


def secret_in(letter: tuple[str, str, str, str]) -> str:
    return letter[2].split("/sign-in/link/")[1].split()[0]


def test_a_fresh_desk_has_no_account_at_all(desk: Clock) -> None:
    assert not accounts.any_account()
    names = ["admin", "root", "reception", "foyer", "demo", "administrator", "user", "test", "kiosk", "guest"]
    for name in names:
        for word in (name, "", "admin", "password", "123456"):
            with pytest.raises((Unauthorised, Exception)) as refusal:
                accounts.sign_in(name, word)
            assert refusal.value.status in (401, 429)  # type: ignore[attr-defined]


def test_setting_up_makes_an_administrator_and_a_receptionist(desk: Clock) -> None:
    done = set_up(accounts.set_up_link() or "")
    chief, clerk = accounts.accounts()
    assert (chief.login, chief.roles) == ("chief", {"sysadmin", "admin_manager"})
    assert (clerk.login, clerk.roles, clerk.has_password) == ("clerk", {"receptionist"}, False)
    assert is_there(done.signed_in.cookie).id == chief.id
    assert accounts.sign_in("chief", PASSWORD)
    assert company.facts().name == company.facts().name_en == "Xinghe"
    assert (done.receptionist, accounts.link(done.link.rsplit("/", 1)[1]).purpose) == ("clerk", "reset")


def test_a_receptionist_whose_password_is_given_needs_no_link(desk: Clock) -> None:
    assert set_up(accounts.set_up_link() or "", receptionist_password="thimble-orbit-24-lamp").link == ""
    assert signed_in("chief").roles == {"sysadmin", "admin_manager"}
    assert accounts.sign_in("clerk", "thimble-orbit-24-lamp")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "xinghe-lantern-42"}, "password"),
        ({"receptionist_password": "clerk"}, "receptionist_password"),
        ({"receptionist_login": "chief"}, "receptionist_login"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_link_still_works(
    desk: Clock, wrong: dict[str, str], field: str
) -> None:
    secret = accounts.set_up_link() or ""
    with pytest.raises(Refused) as refusal:
        set_up(secret, **wrong)
    assert set(refusal.value.fields) == {field}
    assert not accounts.any_account()
    set_up(secret)


def test_the_set_up_link_works_once(desk: Clock) -> None:
    secret = accounts.set_up_link() or ""
    set_up(secret)
    for use in (set_up, accounts.link):
        with pytest.raises(Forbidden):
            use(secret)
    assert len(accounts.accounts()) == 2


def test_the_set_up_link_is_dead_once_anybody_has_an_account(desk: Clock) -> None:
    secret = accounts.set_up_link() or ""
    signs_up("chief", "sysadmin")
    with pytest.raises(Forbidden):
        set_up(secret)
    assert accounts.set_up_link() is None


def test_the_set_up_link_lasts_thirty_minutes(desk: Clock) -> None:
    secret = accounts.set_up_link() or ""
    desk.moves(minutes=30, seconds=-1)
    assert accounts.link(secret).purpose == "set-up"
    desk.moves(seconds=1)
    with pytest.raises(Gone):
        set_up(secret)
    assert not accounts.any_account()


def test_a_new_start_gives_a_new_set_up_link_and_ends_the_old(desk: Clock) -> None:
    first, second = accounts.set_up_link() or "", accounts.set_up_link() or ""
    with pytest.raises(NotFound):
        set_up(first)
    set_up(second)


def test_a_guessed_link_is_not_found(desk: Clock) -> None:
    accounts.set_up_link()
    for guess in ("", "x", text.token(24), "x" * 5000):
        with pytest.raises(NotFound):
            set_up(guess)


def test_an_employee_signs_in_by_email_to_the_own_page_only(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    signs_up("known", "receptionist", email="known@example.com", person_id=works_here("known"))
    asks("Known@Example.com ")
    (letter,) = sent
    assert letter[0] == "known@example.com"
    opened = accounts.sign_in_by_link(secret_in(letter), remember=True)
    assert is_there(opened.cookie).roles == {"employee"}
    assert opened.roles == {"employee"}
    with acting_as(is_there(opened.cookie)):
        assert not accounts.confirmed_lately()


def test_looking_at_a_link_uses_nothing_up(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    signs_up("known", email="known@example.com", person_id=works_here("known"))
    asks("known@example.com")
    for _ in range(20):
        assert accounts.link(secret_in(sent[0])).purpose == "sign-in"
    assert accounts.sign_in_by_link(secret_in(sent[0]))
    with pytest.raises(Gone):
        accounts.sign_in_by_link(secret_in(sent[0]))


def test_a_sign_in_link_lasts_fifteen_minutes(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    signs_up("known", email="known@example.com", person_id=works_here("known"))
    asks("known@example.com")
    desk.moves(minutes=15)
    with pytest.raises(Gone):
        accounts.sign_in_by_link(secret_in(sent[0]))


def test_nothing_goes_to_strangers_shut_accounts_or_those_without_a_page(
    desk: Clock, sent: list[tuple[str, str, str, str]]
) -> None:
    signs_up("clerk", "receptionist", email="clerk@example.com")
    accounts.disable(signs_up("shut", email="shut@example.com", person_id=works_here("shut")).token)
    for address in ("clerk@example.com", "shut@example.com", "stranger@example.com", "", "a\r\nBcc: b@example.com"):
        asks(address)
    assert sent == []


def test_an_employee_of_the_directory_needs_no_account_first(
    desk: Clock, sent: list[tuple[str, str, str, str]]
) -> None:
    person = works_here("王建明", "wang@example.com")
    asks("Wang@example.com")
    asks("wang@example.com")
    assert len(sent) == 2
    (made,) = accounts.accounts()
    assert (made.name, made.email, made.person_id, made.has_password) == ("王建明", "wang@example.com", person, False)
    assert accounts.sign_in_by_link(secret_in(sent[0])).roles == {"employee"}


def test_whoever_has_left_gets_no_link(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    works_here("known", "known@example.com")
    directory.retire_person("p-known")
    asks("known@example.com")
    assert (sent, accounts.accounts()) == ([], [])


def test_three_letters_in_a_quarter_of_an_hour(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    signs_up("known", email="known@example.com", person_id=works_here("known"))
    for _ in range(10):
        asks("known@example.com")
    assert len(sent) == 3


def test_somebody_elses_link_is_refused_while_signed_in(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    signs_up("known", email="known@example.com", person_id=works_here("known"))
    other = signs_up("other", "receptionist")
    asks("known@example.com")
    reset = accounts.create_reset_link(other.token).rsplit("/", 1)[1]
    with acting_as(signed_in("other")):
        with pytest.raises(Forbidden):
            accounts.link(secret_in(sent[0]))
        with pytest.raises(Forbidden):
            accounts.sign_in_by_link(secret_in(sent[0]))
        assert accounts.link(reset).purpose == "reset"
    with acting_as(NOBODY):
        assert accounts.sign_in_by_link(secret_in(sent[0]))


def test_a_shut_account_cannot_use_its_link(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    made = signs_up("known", email="known@example.com", person_id=works_here("known"))
    asks("known@example.com")
    accounts.disable(made.token)
    with pytest.raises(Gone):
        accounts.sign_in_by_link(secret_in(sent[0]))


def test_a_reset_link_lets_choose_a_password_once_and_ends_other_sessions(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    before = accounts.sign_in("known", PASSWORD).cookie
    secret = accounts.create_reset_link(made.token).rsplit("/", 1)[1]
    with pytest.raises(Invalid):
        accounts.reset_password(secret, "known12345")
    opened = accounts.reset_password(secret, "thimble-orbit-lantern-24")
    assert is_there(opened.cookie).roles == {"receptionist"}
    assert accounts.by_session(before) is None
    with pytest.raises(Gone):
        accounts.reset_password(secret, "thimble-orbit-lantern-25")
    with pytest.raises(Unauthorised):
        accounts.sign_in("known", PASSWORD)


def test_links_of_one_kind_do_nothing_else(desk: Clock, sent: list[tuple[str, str, str, str]]) -> None:
    made = signs_up("known", email="known@example.com", person_id=works_here("known"))
    asks("known@example.com")
    reset = accounts.create_reset_link(made.token).rsplit("/", 1)[1]
    with pytest.raises(NotFound):
        accounts.sign_in_by_link(reset)
    with pytest.raises(NotFound):
        accounts.reset_password(secret_in(sent[0]), "thimble-orbit-lantern-24")
    with pytest.raises(NotFound):
        set_up(reset)


def test_passwords_do_not_hold_the_companys_name(desk: Clock) -> None:
    company.change(company.facts().model_copy(update={"name": "星禾信息科技", "name_en": "Xinghe"}))
    secret = accounts.create_reset_link(signs_up("known", "receptionist").token).rsplit("/", 1)[1]
    for poor in ("xinghe-lantern-orbit", "星禾信息科技的灯笼很亮"):
        with pytest.raises(Invalid):
            accounts.reset_password(secret, poor)
