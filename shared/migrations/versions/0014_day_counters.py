"""how many visits each day had, filled from the visits that are there"""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

from shared.lib.config import settings
from shared.lib.db import types
from shared.lib.i18n import today

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

arrived = sa.table("visit", sa.column("arrived_at", types.UTC())).c.arrived_at
counters = sa.table("register_day", sa.column("register"), sa.column("day", sa.Date()), sa.column("count"))


def upgrade() -> None:
    op.create_table(
        "register_day",
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("register", "day", name=op.f("pk_register_day")),
        sqlite_with_rowid=False,
    )
    first, last = op.get_bind().execute(sa.select(sa.func.min(arrived), sa.func.max(arrived))).one()
    if first is not None:
        for place in range((today(last) - today(first)).days + 1):
            _fill(datetime.combine(today(first) + timedelta(days=place), time.min, settings().zone))


def downgrade() -> None:
    op.drop_table("register_day")


def _fill(start: datetime) -> None:
    """One day of the site."""
    count = sa.select(sa.func.count()).where(arrived >= start, arrived < start + timedelta(days=1))
    visits = op.get_bind().scalar(count)
    if visits:
        op.get_bind().execute(sa.insert(counters).values(register="visit", day=start.date(), count=visits))
