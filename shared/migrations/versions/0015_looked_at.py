"""how many rows about visitors each account and program was shown lately"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rows_shown",
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("stretch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("who", "stretch", name=op.f("pk_rows_shown")),
    )


def downgrade() -> None:
    op.drop_table("rows_shown")
