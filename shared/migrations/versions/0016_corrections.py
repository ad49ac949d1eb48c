"""what was put right in the rows of plain registers"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "register_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("row_id", Whole, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", types.Sealed(), nullable=False),
        sa.Column("new", types.Sealed(), nullable=False),
        sa.Column("reason", types.Sealed(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", types.UTC(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_register_correction_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_correction")),
    )
    op.create_index("ix_register_correction_row", "register_correction", ["register", "row_id"])


def downgrade() -> None:
    op.drop_table("register_correction")
