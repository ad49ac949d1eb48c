"""what rows of a register are found by"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "register_gram",
        sa.Column("gram", Whole, autoincrement=False, nullable=False),
        sa.Column("row_id", Whole, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("gram", "row_id", name=op.f("pk_register_gram")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_row",
        sa.Column("register", sa.String(length=12), nullable=False),
        sa.Column("row_id", Whole, autoincrement=False, nullable=False),
        sa.Column("grams", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("register", "row_id", name=op.f("pk_register_row")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("register_row")
    op.drop_table("register_gram")
