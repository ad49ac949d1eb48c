"""the phone register: calls, and tries to call back"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("reg_no", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("call_at", types.UTC(), nullable=False),
        sa.Column("number", types.Sealed(), nullable=True),
        sa.Column("number_key", sa.String(length=24), nullable=True),
        sa.Column("caller_name", sa.String(length=60), nullable=False),
        sa.Column("caller_company", sa.String(length=80), nullable=False),
        sa.Column("caller_title", sa.String(length=40), nullable=False),
        sa.Column("spoken", sa.String(length=10), nullable=False),
        sa.Column("rings", sa.Integer(), nullable=True),
        sa.Column("answer_seconds", sa.Float(), nullable=True),
        sa.Column("wanted_id", sa.Integer(), nullable=True),
        sa.Column("wanted_text", sa.String(length=80), nullable=False),
        sa.Column("content", types.Sealed(), nullable=False),
        sa.Column("outcome", sa.String(length=14), nullable=False),
        sa.Column("transfer_result", sa.String(length=10), nullable=False),
        sa.Column("offer", sa.String(length=10), nullable=False),
        sa.Column("complaint", types.Sealed(), nullable=True),
        sa.Column("complained", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("back_of", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("created_at", types.UTC(), nullable=False),
        sa.Column("settled_at", types.UTC(), nullable=True),
        sa.Column("erased_at", types.UTC(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('handled', 'missed', 'called_back', 'unreachable', 'rang_again')",
            name=op.f("ck_phone_call_state"),
        ),
        sa.CheckConstraint(
            "outcome IN ('answered', 'transferred', 'absent', 'wrong_number', 'spam', 'missed')",
            name=op.f("ck_phone_call_outcome"),
        ),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_phone_call_direction")),
        sa.CheckConstraint("offer IN ('', 'message', 'call_back', 'declined')", name=op.f("ck_phone_call_offer")),
        sa.CheckConstraint(
            "transfer_result IN ('', 'connected', 'busy', 'nobody')", name=op.f("ck_phone_call_transfer_result")
        ),
        sa.CheckConstraint("outcome != 'absent' OR offer != ''", name=op.f("ck_phone_call_offered")),
        sa.CheckConstraint("(state = 'missed') = (settled_at IS NULL)", name=op.f("ck_phone_call_settled")),
        sa.ForeignKeyConstraint(["wanted_id"], ["person.id"], name=op.f("fk_phone_call_wanted_id_person")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_phone_call_answered_by_account")),
        sa.ForeignKeyConstraint(["back_of"], ["phone_call.id"], name=op.f("fk_phone_call_back_of_phone_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
        sa.UniqueConstraint("token", name=op.f("uq_phone_call_token")),
        sa.UniqueConstraint("reg_no", name=op.f("uq_phone_call_reg_no")),
    )
    waits = sa.text("state = 'missed'")
    op.create_index("ix_phone_call_call_at", "phone_call", ["call_at"])
    op.create_index("ix_phone_call_number_key", "phone_call", ["number_key", "id"])
    op.create_index("ix_phone_call_waits", "phone_call", ["call_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "phone_call_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("note", types.Sealed(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("result IN ('reached', 'no_answer', 'busy', 'off')", name=op.f("ck_phone_call_back_result")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["phone_call.id"], name=op.f("fk_phone_call_back_call_id_phone_call"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call_back")),
    )
    op.create_index("ix_phone_call_back_call_id", "phone_call_back", ["call_id"])


def downgrade() -> None:
    op.drop_table("phone_call_back")
    op.drop_table("phone_call")
