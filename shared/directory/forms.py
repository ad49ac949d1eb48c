"""What the directory needs to be told about a person or a department (procedure 0.4)."""

import re
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from shared.directory.pinyin import HAN
from shared.lib import phone, text
from shared.lib.i18n import _

_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))
_EXTENSION = re.compile(r"\d{1,6}")
_NUMBER = re.compile(r"[\w./-]{1,40}")


def tidy_name(value: str) -> str:
    """A name as it is kept: 王　伟 of a padded list is 王伟, and every middle dot is the same."""
    return _BETWEEN_HAN.sub("", text.clean(value).translate(_DOTS))


def _name(value: str) -> str:
    tidied = tidy_name(value)
    if not tidied:
        raise ValueError(_("Write a name."))
    if not text.is_name(tidied):
        raise ValueError(_("Write a name: letters, at most 40 characters."))
    return tidied


def _alias(value: str) -> str:
    return _name(value) if text.clean(value) else ""


def _email(value: str | None) -> str | None:
    cleaned = text.clean(value or "").lower()
    if not cleaned:
        return None
    try:
        found = validate_email(cleaned, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise ValueError(_("This is not an e-mail address.")) from None
    if len(found.normalized) > 254:
        raise ValueError(_("This is not an e-mail address."))
    return found.normalized.lower()


def _phone(value: str | None) -> str | None:
    cleaned = text.clean(value or "")
    if cleaned:
        phone.normalise(cleaned)
    return cleaned or None


def _extension(value: str | None) -> str | None:
    cleaned = text.clean(value or "")
    if cleaned and not _EXTENSION.fullmatch(cleaned):
        raise ValueError(_("An extension has 1 to 6 digits."))
    return cleaned or None


def _number(value: str | None) -> str | None:
    cleaned = text.clean(value or "")
    if cleaned and not _NUMBER.fullmatch(cleaned):
        raise ValueError(_("An employee number has letters and digits, at most 40."))
    return cleaned or None


def department_name(value: str) -> str:
    cleaned = text.clean(value)
    if not cleaned:
        raise ValueError(_("Write the name of the department."))
    return cleaned


def _absent(value: Any) -> Any:
    """An empty field of a page is no value."""
    return None if value == "" else value


Name = Annotated[str, Field(max_length=200), AfterValidator(_name)]
Line = Annotated[str, AfterValidator(text.clean)]
Token = Annotated[Annotated[str, Field(max_length=43)] | None, BeforeValidator(_absent)]


class DepartmentForm(BaseModel):
    """A department: its name, its English name, and the token of the person who leads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Line, Field(max_length=60), AfterValidator(department_name)]
    name_en: Annotated[Line, Field(max_length=80)] = ""
    manager: Token = None


class PersonChange(BaseModel):
    """What changes about a person: only the fields that are given. `department` and `deputy` are tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name = ""
    alias: Annotated[str, Field(max_length=200), AfterValidator(_alias)] = ""
    reading: Annotated[Line, Field(max_length=80)] = ""
    number: Annotated[str | None, Field(max_length=60), AfterValidator(_number)] = None
    department: Annotated[str, Field(min_length=1, max_length=43)] = ""
    title: Annotated[Line, Field(max_length=60)] = ""
    email: Annotated[str | None, Field(max_length=320), AfterValidator(_email)] = None
    phone: Annotated[str | None, Field(max_length=40), AfterValidator(_phone)] = None
    extension: Annotated[str | None, Field(max_length=20), AfterValidator(_extension)] = None
    deputy: Token = None
    protected: bool = False


class PersonForm(PersonChange):
    """Somebody new: a name and a department are needed."""

    name: Name
    department: Annotated[str, Field(min_length=1, max_length=43)]
