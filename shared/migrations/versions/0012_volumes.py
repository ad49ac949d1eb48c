"""volumes of the registers, which rows stand in them, and the chain of their editions"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATUS = "status IN ('closed', 'handed_over', 'rejected', 'received', 'archived')"


def upgrade() -> None:
    op.create_table(
        "register_volume",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("from_no", sa.String(length=20), nullable=False),
        sa.Column("to_no", sa.String(length=20), nullable=False),
        sa.Column("last_at", types.UTC(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("closed_at", types.UTC(), nullable=False),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("handed_at", types.UTC(), nullable=True),
        sa.Column("handed_by", sa.String(length=40), nullable=True),
        sa.Column("received_at", types.UTC(), nullable=True),
        sa.Column("received_by", sa.String(length=40), nullable=True),
        sa.Column("rejected", types.Sealed(), nullable=True),
        sa.Column("archived_at", types.UTC(), nullable=True),
        sa.Column("archive_no", sa.String(length=40), nullable=True),
        sa.Column("destroyed_at", types.UTC(), nullable=True),
        sa.CheckConstraint(STATUS, name=op.f("ck_register_volume_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_volume")),
        sa.UniqueConstraint("token", name=op.f("uq_register_volume_token")),
    )
    op.create_index("uq_register_volume_number", "register_volume", ["register", "number"], unique=True)
    op.create_table(
        "register_filed",
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("volume_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["register_volume.id"], name=op.f("fk_register_filed_volume_id_register_volume")
        ),
        sa.PrimaryKeyConstraint("register", "row_id", name=op.f("pk_register_filed")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_register_filed_volume_id"), "register_filed", ["volume_id"])
    op.create_table(
        "register_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("volume_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["register_volume.id"], name=op.f("fk_register_edition_volume_id_register_volume")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_edition")),
    )
    for column in ("register", "volume_id"):
        op.create_index(op.f(f"ix_register_edition_{column}"), "register_edition", [column])


def downgrade() -> None:
    for table in ("register_edition", "register_filed", "register_volume"):
        op.drop_table(table)
