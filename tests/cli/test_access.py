"""`./desk user`, `./desk kiosk` and `./desk token`: the secret is told once, alone on the last line."""

import io
from collections.abc import Callable, Iterator

import pytest

from cli.__main__ import main
from shared import accounts, directory
from shared.lib import control, db
from tests.conftest import make_tables

Told = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def nobody_serves(fresh_settings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(db, "migrate", make_tables)
    accounts.forget()
    directory.forget()
    yield
    accounts.forget()
    directory.forget()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command prints; it must succeed."""

    def run(*arguments: str) -> list[str]:
        assert main(arguments) == 0, capsys.readouterr().err
        return capsys.readouterr().out.splitlines()

    return run


def test_a_user_signs_in_with_the_password_on_the_last_line(told: Told) -> None:
    lines = told("user", "add", "Zhou Yuxin", "--role", "receptionist", "--role", "finance")
    assert "zhouyuxin" in lines[0]
    with control.opened():
        opened = accounts.sign_in("zhouyuxin", lines[-1])
        assert opened.roles == {"receptionist", "finance"}
        accounts.settle()


def test_a_password_may_come_on_standard_input(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("lantern-orbit-thimble-42\n"))
    lines = told("user", "add", "known", "--role", "sysadmin", "--password-stdin")
    assert "lantern" not in "".join(lines)
    with control.opened():
        assert accounts.sign_in("known", "lantern-orbit-thimble-42")
        accounts.settle()


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (("user", "add", "known", "--role", "sysadmin", "--password-stdin"), "123456\n"),
        (("user", "add", "known", "--role", "sysadmin", "--password-stdin"), ""),
        (("user", "add", "", "--role", "sysadmin"), ""),
        (("user", "add", "known", "--role", "sysadmin", "--email", "nonsense"), ""),
        (("kiosk", "add", ""), ""),
        (("token", "create", "till", "--scope", "me", "--account", "nobody"), ""),
        (("token", "create", "till", "--scope", "me"), ""),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_a_failure(
    arguments: tuple[str, ...], typed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("user", "add", "known", "--role", "king"), ("token", "create", "till", "--scope", "root"), ("user",)]
)
def test_roles_and_scopes_that_do_not_exist_are_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_an_employee_is_linked_to_the_person_of_that_address_or_name(told: Told) -> None:
    with control.opened():
        department = directory.add_department(directory.DepartmentForm(name="市场部"))
        for name, email in (("王建明", "wang@example.com"), ("李娜", None)):
            directory.add_person(directory.PersonForm(name=name, department=department.token, email=email))
    told("user", "add", "Wang", "--role", "employee", "--email", "Wang@Example.com")
    told("user", "add", "李娜", "--role", "employee")
    told("user", "add", "Stranger", "--role", "finance")
    with control.opened():
        linked = {one.name: directory.person(one.person_id) for one in accounts.accounts() if one.person_id}
        assert {name: person.name for name, person in linked.items() if person} == {"Wang": "王建明", "李娜": "李娜"}


def test_a_kiosk_is_known_by_the_secret_on_the_last_line(told: Told) -> None:
    secret = told("kiosk", "add", "Lobby")[-1]
    with control.opened():
        who = accounts.by_bearer(secret)
        assert who is not None
        assert (who.kind, who.name) == ("device", "Lobby")
        assert accounts.by_device(secret) == who
        accounts.settle()


@pytest.mark.parametrize("scope", accounts.SCOPES)
def test_a_token_has_the_rights_of_its_scope(told: Told, scope: str) -> None:
    with control.opened():
        department = directory.add_department(directory.DepartmentForm(name="市场部"))
        directory.add_person(directory.PersonForm(name="王建明", department=department.token))
    told("user", "add", "王建明", "--role", "employee")
    owner = ["--account", "王建明"] if scope == "me" else []
    secret = told("token", "create", "till", "--scope", scope, *owner)[-1]
    with control.opened():
        who = accounts.by_bearer(secret)
        assert who is not None
        assert who.roles == accounts.SCOPES[scope]
        accounts.settle()


def test_commands_work_while_the_desk_is_served(told: Told) -> None:
    with control.opened():
        running = control.serve()
        assert running is not None
        secret = told("token", "create", "till", "--scope", "admin")[-1]
        assert accounts.by_bearer(secret)
        assert told("user", "add", "known", "--role", "leader")[-1]
        accounts.settle()
        running.stop()
