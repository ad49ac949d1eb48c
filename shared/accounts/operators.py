"""What `./desk user`, `./desk kiosk` and `./desk token` ask for, in the serving process or by themselves."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.accounts import passwords
from shared.accounts.api_token import create_token
from shared.accounts.changes import add_account
from shared.accounts.device import add_device
from shared.accounts.forms import NewAccount, NewDevice, NewToken
from shared.lib import control
from shared.lib.forms import invalid

Form = TypeVar("Form", bound=BaseModel)


def add_user(
    name: str, roles: list[str], email: str | None = None, password: str | None = None, person_id: int | None = None
) -> dict[str, Any]:
    """An account with a password that was given, or one that is made up and told once."""
    new = _form(NewAccount, name=name, roles=roles, email=email, person_id=person_id)
    if password is not None:
        passwords.check(password, [new.name, new.signs_in_as])
    secret = passwords.made_up() if password is None else password
    made = add_account(new, password_hash=passwords.hashed(secret))
    return {"login": made.login, "roles": sorted(made.roles), "secret": secret if password is None else None}


def add_kiosk(name: str) -> dict[str, Any]:
    """A kiosk, and the secret it is known by."""
    device, secret = add_device(_form(NewDevice, code="-", name=name).name)
    return {"name": device.name, "secret": secret}


def add_token(name: str, scope: str, account: str = "") -> dict[str, Any]:
    """An API token, and its secret."""
    made, secret = create_token(_form(NewToken, name=name, scope=scope, account=account))
    return {"name": made.name, "scope": made.scope, "secret": secret}


def _form(model: type[Form], **values: Any) -> Form:
    try:
        return model(**values)
    except ValidationError as error:
        raise invalid(error) from None


control.operator("user.add", add_user)
control.operator("kiosk.add", add_kiosk)
control.operator("token.create", add_token)
