"""what a telephone exchange knows of calls, and the imports by which it came"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("begun_at", types.UTC(), nullable=False),
        sa.Column("written_at", types.UTC(), nullable=False),
        sa.CheckConstraint("state IN ('writing', 'dropped', 'done')", name=op.f("ck_phone_import_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_import")),
        sa.UniqueConstraint("token", name=op.f("uq_phone_import_token")),
    )
    op.create_table(
        "phone_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=24), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("number", types.Sealed(), nullable=True),
        sa.Column("number_key", sa.String(length=24), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("direction", sa.String(length=6), nullable=False),
        sa.Column("ring_seconds", sa.Float(), nullable=True),
        sa.Column("talk_seconds", sa.Float(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out', 'inside')", name=op.f("ck_phone_record_direction")),
        sa.CheckConstraint("ring_seconds >= 0", name=op.f("ck_phone_record_ring")),
        sa.CheckConstraint("talk_seconds >= 0", name=op.f("ck_phone_record_talk")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["phone_import.id"], name=op.f("fk_phone_record_import_id_phone_import")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["phone_call.id"], name=op.f("fk_phone_record_call_id_phone_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_record")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_phone_record_fingerprint")),
    )
    pending = sa.text("pending")
    op.create_index("ix_phone_record_import_id", "phone_record", ["import_id"])
    op.create_index("ix_phone_record_at", "phone_record", ["at"])
    op.create_index("ix_phone_record_call_id", "phone_record", ["call_id"])
    op.create_index("ix_phone_record_number_key", "phone_record", ["number_key", "at"])
    op.create_index("ix_phone_record_pending", "phone_record", ["at"], sqlite_where=pending, postgresql_where=pending)


def downgrade() -> None:
    op.drop_table("phone_record")
    op.drop_table("phone_import")
