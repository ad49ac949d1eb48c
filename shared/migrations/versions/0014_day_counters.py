"""how many visits each day had, by their reason, filled from the visits that are there"""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

from shared.lib.config import settings
from shared.lib.db import types
from shared.lib.i18n import today

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

visit = sa.table("visit", sa.column("arrived_at", types.UTC()), sa.column("purpose", sa.String()))
counters = sa.table(
    "register_day", sa.column("register"), sa.column("day", sa.Date()), sa.column("part"), sa.column("count")
)


def upgrade() -> None:
    op.create_table(
        "register_day",
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("register", "day", "part", name=op.f("pk_register_day")),
        sqlite_with_rowid=False,
    )
    first, last = op.get_bind().execute(sa.select(sa.func.min(_at), sa.func.max(_at))).one()
    if first is not None:
        for place in range((today(last) - today(first)).days + 1):
            _fill(datetime.combine(today(first) + timedelta(days=place), time.min, settings().zone))


def downgrade() -> None:
    op.drop_table("register_day")


_at = visit.c.arrived_at


def _fill(start: datetime) -> None:
    """One day of the site."""
    of_day = (_at >= start, _at < start + timedelta(days=1))
    rows = sa.select(sa.literal("visit"), sa.literal(start.date(), sa.Date()), visit.c.purpose, sa.func.count())
    op.get_bind().execute(
        sa.insert(counters).from_select(
            ["register", "day", "part", "count"], rows.where(*of_day).group_by(visit.c.purpose)
        )
    )
