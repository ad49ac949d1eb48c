"""what is said on the phone where it is not our words"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_card",
        sa.Column("situation", sa.String(length=12), nullable=False),
        sa.Column("zh", sa.String(length=200), nullable=False),
        sa.Column("en", sa.String(length=200), nullable=False),
        sa.Column("changed_at", types.UTC(), nullable=False),
        sa.PrimaryKeyConstraint("situation", name=op.f("pk_phone_card")),
    )


def downgrade() -> None:
    op.drop_table("phone_card")
