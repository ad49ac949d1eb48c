"""API tokens: programs that may ask, each with the rights of one scope."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shared import journal
from shared.accounts.forms import NewToken, plain_login
from shared.accounts.models import AccountRow, ApiTokenRow
from shared.accounts.questions import row_by_login
from shared.lib import db, text
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _

MARK = "foyer_"  # so that a token is recognised where it was left by mistake


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its administrator sees it; the secret is not kept."""

    id: int
    name: str
    scope: str
    account: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def tokens() -> list[ApiToken]:
    """Tokens that still work first, the newest first."""
    rows = select(ApiTokenRow, AccountRow.name).outerjoin(AccountRow, AccountRow.id == ApiTokenRow.account_id)
    with db.reading() as session:
        ordered = rows.order_by(ApiTokenRow.revoked_at.is_not(None), ApiTokenRow.id.desc())
        return [_view(row, name or "") for row, name in session.execute(ordered)]


@db.act
def create_token(new: NewToken) -> tuple[ApiToken, str]:
    """A token and its secret, which is told once. Scope `me` names the account whose page it reads."""
    session, secret = db.session(), MARK + text.token(32)
    owner = _owner(new)
    row = ApiTokenRow(
        name=new.name,
        scope=new.scope,
        account_id=owner.id if owner else None,
        token_hash=text.token_hash(secret),
        created_at=db.act_time(),
    )
    session.add(row)
    session.flush()
    journal.record("accounts.token_created", f"token:{row.id}", token=row.id, scope=row.scope)
    return _view(row, owner.name if owner else ""), secret


@db.act
def revoke_token(token_id: int) -> ApiToken:
    """The token stops working at once."""
    row = db.session().get(ApiTokenRow, token_id)
    if row is None:
        raise NotFound(_("There is no such token."))
    if row.revoked_at is None:
        row.revoked_at = db.act_time()
        db.session().flush()
        journal.record("accounts.token_revoked", f"token:{row.id}", token=row.id)
    return _view(row, "")


def _owner(new: NewToken) -> AccountRow | None:
    """Whose page a token of scope `me` reads; those of other scopes are nobody's."""
    if new.scope != "me":
        if new.account:
            raise _unfit(_("Only the scope me belongs to an account."))
        return None
    if not new.account:
        raise _unfit(_("Name the account whose page it reads."))
    by_id = select(AccountRow).where(AccountRow.token == new.account)
    owner = row_by_login(db.session(), plain_login(new.account)) or db.session().scalar(by_id)
    if owner is None:
        raise _unfit(_("There is no such account."))
    if owner.person_id is None:
        raise _unfit(_("This account has no page of its own: it is not linked to anybody in the directory."))
    return owner


def _unfit(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"account": sentence})


def _view(row: ApiTokenRow, account: str) -> ApiToken:
    return ApiToken(row.id, row.name, row.scope, account, row.created_at, row.last_used_at, row.revoked_at)
