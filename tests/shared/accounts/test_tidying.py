"""Nothing about sign-ins is kept longer than it is of use."""

from sqlalchemy import func, select

from shared import accounts
from shared.accounts.models import LinkRow, PairingRow, SessionRow
from shared.lib import db
from tests.shared.accounts.conftest import PASSWORD, Clock, signs_up


def rows() -> list[int]:
    with db.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (SessionRow, LinkRow, PairingRow)
        ]


def test_old_sessions_links_and_codes_go_and_new_ones_stay(desk: Clock) -> None:
    made = signs_up("known", "receptionist")
    accounts.sign_in("known", PASSWORD)
    accounts.create_reset_link(made.token)
    accounts.start_pairing()
    desk.moves(minutes=9)
    assert (accounts.tidy(), rows()) == (0, [1, 1, 1])
    desk.moves(days=20)
    cookie = accounts.sign_in("known", PASSWORD, remember=True).cookie
    assert (accounts.tidy(), rows()) == (2, [2, 0, 0])
    desk.moves(days=29)
    assert (accounts.tidy(), rows()) == (1, [1, 0, 0])
    assert accounts.by_session(cookie)
