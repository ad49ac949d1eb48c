"""A desk with people who sign in; passwords are hashed with little memory, except where the cost is what is tested."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert

from shared import accounts
from shared.accounts import passwords
from shared.directory.models import Department, Person
from shared.lib import clock, db
from shared.lib.actor import Actor, acting_as

PASSWORD = "lantern-orbit-thimble-42"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def desk(database: str, quick_hashes: None) -> Iterator[Clock]:
    """An empty desk whose clock stands still."""
    standing = Clock()
    clock.set_clock(standing)
    accounts.forget()
    accounts.join()
    yield standing
    accounts.settle()
    accounts.forget()


@db.act
def works_here(name: str, email: str | None = None) -> int:
    """Somebody in the directory."""
    at = db.act_time()
    department = db.connection().execute(
        insert(Department).values(token=f"d-{name}", name=f"d-{name}", sounds="[]", created_at=at, changed_at=at)
    )
    row = {"token": f"p-{name}", "name": name, "email": email, "pinyin": name, "sounds": "[]", "created_at": at}
    values = row | {"changed_at": at, "department_id": department.inserted_primary_key[0]}
    return int(db.connection().execute(insert(Person).values(**values)).inserted_primary_key[0])


def signs_up(name: str, *roles: str, password: str | None = PASSWORD, **more: object) -> accounts.Account:
    """An account, as an administrator makes it."""
    new = accounts.NewAccount.model_validate({"name": name, "roles": roles, **more})
    return accounts.add_account(new, password_hash=passwords.hashed(password) if password else None)


def is_there(cookie: str) -> Actor:
    """Who holds this cookie; somebody must."""
    who = accounts.by_session(cookie)
    assert who is not None
    return who


def signed_in(name: str, **more: object) -> Actor:
    """Whoever signs in under `name` with the password everybody has here."""
    return is_there(accounts.sign_in(name, PASSWORD, **more).cookie)  # type: ignore[arg-type]


__all__ = ["PASSWORD", "Clock", "acting_as", "is_there", "signed_in", "signs_up", "works_here"]
