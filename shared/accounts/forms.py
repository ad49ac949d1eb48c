"""Shapes of what people type about accounts; pages, API and commands use the same."""

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shared.accounts.rights import ROLES, SCOPES
from shared.lib import text
from shared.lib.i18n import _

LOGIN_MARKS = "._-@+'"


def plain_login(value: str) -> str:
    """A sign-in name as it is compared: NFKC, lower case, without spaces."""
    return "".join(text.clean(value).casefold().split())


def login_from(name: str) -> str:
    """The sign-in name a display name gives: Zhou Yuxin becomes zhouyuxin."""
    return "".join(c for c in plain_login(name) if c.isalnum() or c in LOGIN_MARKS)


def _login(value: str) -> str:
    plain = plain_login(value)
    if not plain or len(plain) > 60:
        raise ValueError(_("1 to 60 letters or digits."))
    if any(not (c.isalnum() or c in LOGIN_MARKS) for c in plain):
        raise ValueError(_("Letters, digits and . _ - @ + only."))
    return plain


def _name(value: str) -> str:
    cleaned = text.clean(value)
    if not 1 <= len(cleaned) <= 40:
        raise ValueError(_("1 to 40 characters."))
    return cleaned


def _role(value: str) -> str:
    if value not in ROLES:
        raise ValueError(_("There is no role %(role)s. Roles: %(roles)s.") % {"role": value, "roles": ", ".join(ROLES)})
    return value


def _scope(value: str) -> str:
    if value not in SCOPES:
        scopes = {"scope": value, "scopes": ", ".join(SCOPES)}
        raise ValueError(_("There is no scope %(scope)s. Scopes: %(scopes)s.") % scopes)
    return value


def _email(value: str | None) -> str | None:
    plain = (value or "").strip().casefold()
    try:
        return (
            validate_email(plain, check_deliverability=False, globally_deliverable=False).normalized if plain else None
        )
    except EmailNotValidError:
        raise ValueError(_("This is not an e-mail address.")) from None


Name = Annotated[str, AfterValidator(_name)]
Login = Annotated[str, AfterValidator(_login)]
Role = Annotated[str, AfterValidator(_role)]
Scope = Annotated[str, AfterValidator(_scope)]
Email = Annotated[str | None, AfterValidator(_email)]
Password = Annotated[str, Field(min_length=1, max_length=1000)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SignIn(_Form):
    """Who says who they are."""

    login: Annotated[str, Field(min_length=1, max_length=254)]
    password: Password
    remember: bool = False
    next: str = ""


class NewAccount(_Form):
    """An account to be made; without a sign-in name the name gives one."""

    name: Name
    login: Login | None = None
    email: Email = None
    roles: frozenset[Role] = frozenset()
    person_id: int | None = None
    language: str = ""

    @property
    def signs_in_as(self) -> str:
        return self.login or login_from(self.name)


class AccountChange(_Form):
    """What an administrator changes: roles in full, name and e-mail."""

    name: Name
    email: Email = None
    roles: frozenset[Role] = frozenset()
    row_version: int


class SetUp(_Form):
    """What the first administrator tells the desk; a receptionist without a password gets a link to choose one."""

    company: Annotated[str, AfterValidator(text.clean), Field(min_length=1, max_length=60)]
    name: Name
    login: Login | None = None
    email: Email = None
    password: Password
    receptionist_name: Name
    receptionist_login: Login | None = None
    receptionist_password: Annotated[str, Field(max_length=1000)] = ""


class NewPassword(_Form):
    """A password and, where somebody is signed in, the one before."""

    password: Password
    present: Annotated[str, Field(max_length=1000)] = ""


class NewDevice(_Form):
    """The code a tablet shows, and what to call it."""

    code: Annotated[str, Field(min_length=1, max_length=20)]
    name: Name


class NewToken(_Form):
    """A program that may ask."""

    name: Name
    scope: Scope
    account: str = ""
