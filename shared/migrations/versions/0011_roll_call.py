"""roll calls, who is on their lists, and what was said of them"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATE = "state IN ('safe', 'help', 'not_found', 'withdrawn')"


def upgrade() -> None:
    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=True),
        sa.Column("started_at", types.UTC(), nullable=False),
        sa.Column("started_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", types.UTC(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint("running IS NULL OR running = 1", name=op.f("ck_roll_call_one")),
        sa.CheckConstraint("(running IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_roll_call_running")),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_roll_call_ended_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sa.UniqueConstraint("token", name=op.f("uq_roll_call_token")),
        sa.UniqueConstraint("key", name=op.f("uq_roll_call_key")),
        sa.UniqueConstraint("running", name=op.f("uq_roll_call_running")),
    )
    op.create_table(
        "roll_call_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("facts", types.Sealed(), nullable=True),
        sa.Column("since", types.UTC(), nullable=True),
        sa.Column("added_at", types.UTC(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.CheckConstraint("party_size >= 1", name=op.f("ck_roll_call_person_party_size")),
        sa.ForeignKeyConstraint(
            ["roll_call_id"],
            ["roll_call.id"],
            name=op.f("fk_roll_call_person_roll_call_id_roll_call"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_roll_call_person_visit_id_visit"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_call_person_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_person")),
        sa.UniqueConstraint("roll_call_id", "subject", name=op.f("uq_roll_call_person_roll_call_id_subject")),
    )
    for column in ("person_id", "visit_id"):
        op.create_index(op.f(f"ix_roll_call_person_{column}"), "roll_call_person", [column])
    op.create_table(
        "roll_call_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("on_call_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("said_at", types.UTC(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("withdraws", types.JSONText(), nullable=False),
        sa.CheckConstraint(STATE, name=op.f("ck_roll_call_mark_state")),
        sa.ForeignKeyConstraint(
            ["roll_call_id"],
            ["roll_call.id"],
            name=op.f("fk_roll_call_mark_roll_call_id_roll_call"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["on_call_id"],
            ["roll_call_person.id"],
            name=op.f("fk_roll_call_mark_on_call_id_roll_call_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_mark")),
        sa.UniqueConstraint("roll_call_id", "key", name=op.f("uq_roll_call_mark_roll_call_id_key")),
    )
    op.create_table(
        "roll_call_device",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sign_in_session.id"],
            name=op.f("fk_roll_call_device_session_id_sign_in_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_roll_call_device")),
    )
    op.create_index(op.f("ix_roll_call_mark_on_call_id"), "roll_call_mark", ["on_call_id"])


def downgrade() -> None:
    for table in ("roll_call_device", "roll_call_mark", "roll_call_person", "roll_call"):
        op.drop_table(table)
