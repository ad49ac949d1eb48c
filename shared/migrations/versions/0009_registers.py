"""what rows of a register are found by, when they are forgotten"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

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
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("row_id", Whole, autoincrement=False, nullable=False),
        sa.Column("grams", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("register", "row_id", name=op.f("pk_register_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("row_id", Whole, nullable=False),
        sa.Column("reason", types.Sealed(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", types.UTC(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_register_hold_by_account")),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_register_hold_lifted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_hold")),
    )
    holds = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_register_hold_open", "register_hold", ["register", "row_id"],
        unique=True, sqlite_where=holds, postgresql_where=holds,
    )  # fmt: skip
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("counts", types.JSONText(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index("uq_saved_view_name", "saved_view", ["account_id", "register", "name"], unique=True)
    op.add_column("visit", sa.Column("erased_at", types.UTC(), nullable=True))


def downgrade() -> None:
    op.drop_column("visit", "erased_at")
    op.drop_table("saved_view")
    op.drop_table("retention_run")
    op.drop_table("register_hold")
    op.drop_table("register_row")
    op.drop_table("register_gram")
