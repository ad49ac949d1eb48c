"""a session that is locked"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in_session", sa.Column("locked_at", types.UTC(), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in_session", "locked_at")
