"""Setting up the desk: one link, printed at the start, makes the first administrator and the first receptionist."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from shared import company, journal
from shared.accounts import passwords
from shared.accounts.changes import add_account
from shared.accounts.forms import NewAccount, SetUp
from shared.accounts.links import create_reset_link, link, new_link, use
from shared.accounts.models import LinkRow
from shared.accounts.questions import any_account
from shared.accounts.rights import MANAGERS
from shared.accounts.signing_in import SignedIn, open_session
from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _

LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SetUpDone:
    """The administrator is signed in; where the receptionist chooses a password, when none was given."""

    signed_in: SignedIn
    receptionist: str
    link: str


def set_up_link() -> str | None:
    """The secret of a new set-up link while nobody has an account, None afterwards; called at each start."""
    return None if any_account() else create_setup_link()


@db.act
def create_setup_link() -> str:
    """Secret behind `/set-up/…` for the first administrator: 30 minutes, once; an earlier one stops working."""
    db.session().execute(delete(LinkRow).where(LinkRow.purpose == "set-up"))
    journal.record("accounts.link_made", "desk", purpose="set-up")
    return new_link("set-up", None, LASTS)


def set_up(secret: str, form: SetUp, user_agent: str = "") -> SetUpDone:
    """Checks what was told, hashes, then keeps it in one act; the link is used up."""
    if link(secret).purpose != "set-up":
        raise NotFound(_("This link is not known here."))
    chief = NewAccount(name=form.name, login=form.login, email=form.email, roles=MANAGERS)
    clerk = NewAccount(name=form.receptionist_name, login=form.receptionist_login, roles=frozenset({"receptionist"}))
    _two_people(chief, clerk)
    first = _checked(chief, form.company, form.password, "password")
    second = _checked(clerk, form.company, form.receptionist_password, "receptionist_password")
    return _keep(secret, form.company, (chief, first or ""), (clerk, second), user_agent)


@db.act
def _keep(
    secret: str,
    company_name: str,
    chief: tuple[NewAccount, str],
    clerk: tuple[NewAccount, str | None],
    user_agent: str,
) -> SetUpDone:
    use(secret, "set-up")
    company.change(company.facts().model_copy(update={"name": company_name, "name_en": company_name}))
    first = add_account(chief[0], password_hash=chief[1])
    second = add_account(clerk[0], password_hash=clerk[1])
    choose = "" if clerk[1] else create_reset_link(second.token)
    return SetUpDone(open_session(first.id, chief[1], user_agent=user_agent), second.name, choose)


def _two_people(chief: NewAccount, clerk: NewAccount) -> None:
    if chief.signs_in_as == clerk.signs_in_as:
        sentence = _("The receptionist needs a sign-in name of their own.")
        raise Conflict(sentence, fields={"receptionist_login": sentence})


def _checked(new: NewAccount, company_name: str, password: str, field: str) -> str | None:
    if not password:
        return None
    passwords.check(password, [new.name, new.signs_in_as, company_name], field)
    return passwords.hashed(password)
