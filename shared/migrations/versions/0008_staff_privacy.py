"""who let a visitor in, and who asked how somebody is reached"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BY = (
    "ALTER TABLE visit ADD COLUMN confirmed_by INTEGER CONSTRAINT fk_visit_confirmed_by_account REFERENCES account (id)"
)


def upgrade() -> None:
    op.execute(BY)  # in one sentence SQLite adds the column with its foreign key, without making the table anew
    op.add_column("visit", sa.Column("confirmed_at", types.UTC(), nullable=True))


def downgrade() -> None:
    op.drop_column("visit", "confirmed_at")
    op.drop_column("visit", "confirmed_by")
