"""Accounts: made, changed, shut; nobody gives themselves a role."""

import pytest

from shared import accounts, directory, journal
from shared.accounts import AccountChange
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Forbidden, Invalid, NotFound
from tests.shared.accounts.conftest import PASSWORD, Clock, is_there, signed_in, signs_up, works_here


def roles(made: accounts.Account, *wanted: str, version: int | None = None) -> accounts.Account:
    version = accounts.account(made.token).row_version if version is None else version
    change = {"name": made.name, "email": made.email, "roles": wanted, "row_version": version}
    return accounts.change_account(made.token, AccountChange.model_validate(change))


def test_whoever_is_linked_to_a_person_is_an_employee(desk: Clock) -> None:
    made = signs_up("known", "receptionist", person_id=works_here("known"))
    assert made.roles == {"receptionist", "employee"}
    assert accounts.account_of_person(made.person_id or 0) == made
    assert accounts.account_of_person(999) is None


def test_a_name_gives_the_sign_in_name(desk: Clock) -> None:
    assert signs_up("Zhou Yuxin (desk)", "receptionist").login == "zhouyuxindesk"
    assert signs_up("周雨欣", "receptionist").login == "周雨欣"


@pytest.mark.parametrize("second", [{"name": "Known"}, {"name": "new", "email": "known@example.com"}])
def test_names_and_addresses_are_used_once(desk: Clock, second: dict[str, str]) -> None:
    signs_up("known", "receptionist", email="known@example.com")
    with pytest.raises(Conflict) as refusal:
        signs_up(**second)
    assert set(refusal.value.fields) <= {"login", "email"}


def test_nobody_signs_in_with_somebody_elses_address(desk: Clock) -> None:
    signs_up("known", "receptionist", email="known@example.com")
    with pytest.raises(Conflict):
        signs_up("known@example.com", "receptionist")


def test_other_roles_end_every_session(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    session = is_there(cookie).session_id
    assert roles(made, "finance").roles == {"finance"}
    assert accounts.by_session(cookie) is None
    assert signed_in("known").roles == {"finance"}
    changed = next(event for event in journal.events() if event.action == "accounts.roles_changed")
    assert changed.data == {"roles": ["finance"], "sessions": [session]}


def test_another_name_ends_nothing(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    change = AccountChange(name="Known 2", roles=frozenset({"receptionist"}), row_version=made.row_version)
    accounts.change_account(made.token, change)
    assert is_there(cookie).name == "Known 2"


@pytest.mark.parametrize("manager", ["sysadmin", "admin_manager"])
def test_nobody_changes_their_own_roles_or_shuts_themselves(desk: Clock, manager: str) -> None:
    mine, _other = signs_up("mine", manager), signs_up("other", manager)
    with acting_as(signed_in("mine")):
        with pytest.raises(Forbidden):
            roles(mine, manager, "finance")
        with pytest.raises(Forbidden):
            accounts.disable(mine.token)
        with pytest.raises(Forbidden):
            accounts.create_reset_link(mine.token)
    assert accounts.account(mine.token).roles == {manager}
    with acting_as(signed_in("other")):
        assert roles(mine, manager, "finance").roles == {manager, "finance"}


def test_the_last_one_who_manages_accounts_stays(desk: Clock) -> None:
    chief, clerk = signs_up("chief", "sysadmin"), signs_up("clerk", "receptionist")
    with pytest.raises(Invalid):
        accounts.disable(chief.token)
    with pytest.raises(Invalid):
        roles(chief, "receptionist")
    assert accounts.account(chief.token) == chief
    accounts.disable(clerk.token)
    roles(clerk, "admin_manager")
    with pytest.raises(Invalid):
        accounts.disable(chief.token)
    accounts.enable(clerk.token)
    accounts.disable(chief.token)


def test_a_stale_change_is_refused(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    roles(made, "receptionist", "finance")
    with pytest.raises(Conflict):
        roles(made, "leader", version=made.row_version)


def test_a_shut_account_is_out_at_once_and_comes_back(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    cookie = accounts.sign_in("known", PASSWORD).cookie
    assert accounts.by_session(cookie)
    accounts.disable(made.token)
    assert accounts.by_session(cookie) is None
    accounts.enable(made.token)
    assert accounts.by_session(cookie) is None
    assert signed_in("known")


def test_somebody_who_leaves_the_company_loses_the_account_with_the_same_act(desk: Clock) -> None:
    signs_up("known", "receptionist", person_id=works_here("known"))
    cookie = accounts.sign_in("known", PASSWORD).cookie
    assert accounts.by_session(cookie)
    directory.retire_person("p-known")
    assert accounts.by_session(cookie) is None
    assert [event.action for event in journal.newest(2)] == ["accounts.disabled", "directory.person_retired"]


def test_what_is_not_there_is_not_found(desk: Clock) -> None:
    for look in (accounts.account, accounts.disable, accounts.enable, accounts.create_reset_link):
        with pytest.raises(NotFound):
            look("nothing")


def test_the_list_says_when_each_was_last_there(desk: Clock) -> None:
    signs_up("b", "receptionist")
    signs_up("a", "finance")
    accounts.sign_in("b", PASSWORD)
    assert [(one.name, one.last_seen_at) for one in accounts.accounts()] == [("a", None), ("b", desk.at)]


def test_a_person_has_one_account(desk: Clock) -> None:
    person = works_here("known")
    signs_up("known", person_id=person)
    with pytest.raises(Conflict) as refusal:
        signs_up("again", person_id=person)
    assert "person" in refusal.value.fields
