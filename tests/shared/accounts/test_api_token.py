"""API tokens have the rights of one scope, and their secret is told once."""

import pytest
from sqlalchemy import text

from shared import accounts
from shared.accounts import SCOPES, NewToken
from shared.lib import db, i18n
from shared.lib.errors import Invalid, NotFound
from tests.shared.accounts.conftest import Clock, signs_up, works_here


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_holds_the_roles_of_its_scope(desk: Clock, scope: str) -> None:
    owner = signs_up("known", person_id=works_here("known"))
    made, secret = accounts.create_token(
        NewToken(name="till", scope=scope, account=owner.login if scope == "me" else "")
    )
    who = accounts.by_bearer(secret)
    assert who is not None
    assert (who.kind, who.id, who.roles) == ("token", made.id, SCOPES[scope])
    accounts.revoke_token(made.id)
    assert accounts.by_bearer(secret) is None


def test_the_scope_me_belongs_to_an_account(desk: Clock) -> None:
    person = works_here("known")
    made = signs_up("known", person_id=person)
    _token, secret = accounts.create_token(NewToken(name="watch", scope="me", account="Known"))
    who = accounts.by_bearer(secret)
    assert who is not None
    assert (who.person_id, who.roles) == (person, {"employee"})
    accounts.disable(made.token)
    assert accounts.by_bearer(secret) is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"scope": "me"}, "Name the account whose page it reads."),
        ({"scope": "me", "account": "nobody"}, "There is no such account."),
        ({"scope": "me", "account": "known"}, "This account has no page of its own: it is not linked to anybody"),
        ({"scope": "admin", "account": "known"}, "Only the scope me belongs to an account."),
    ],
)
def test_a_token_without_an_owner_or_with_another_is_refused(desk: Clock, values: dict[str, str], told: str) -> None:
    signs_up("known", "receptionist")
    with i18n.use("en"), pytest.raises(Invalid, match=told) as refused:
        accounts.create_token(NewToken(name="till", **values))
    assert list(refused.value.fields) == ["account"]
    assert accounts.tokens() == []


def test_a_scope_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="admin"):
        NewToken(name="till", scope="root")


def test_use_is_noted_and_what_is_not_there_is_not_found(desk: Clock) -> None:
    made, secret = accounts.create_token(NewToken(name="till", scope="reception"))
    assert accounts.tokens()[0].last_used_at is None
    accounts.by_bearer(secret)
    accounts.settle()
    assert accounts.tokens()[0].last_used_at == desk.at
    with pytest.raises(NotFound):
        accounts.revoke_token(made.id + 1)


def test_a_copy_of_the_database_holds_no_secret(desk: Clock) -> None:
    _made, secret = accounts.create_token(NewToken(name="till", scope="reception"))
    device, device_secret = accounts.add_device("Lobby")
    pairing = accounts.start_pairing()
    accounts.approve_pairing(pairing.code, "Annex")
    link = accounts.create_reset_link(signs_up("known", "receptionist").token).rsplit("/", 1)[1]
    with db.reading() as session:
        tables = ("api_token", "device", "pairing", "sign_in_link", "account", "journal")
        kept = "".join(repr(session.execute(text(f"SELECT * FROM {table}")).all()) for table in tables)
    waiting = accounts.collect_pairing(pairing.poll) or ""
    assert "Lobby" in kept
    for hidden in (secret, device_secret, pairing.poll, link, waiting):
        assert hidden
        assert hidden not in kept
    assert accounts.by_device(device_secret)
    assert device.name == "Lobby"
