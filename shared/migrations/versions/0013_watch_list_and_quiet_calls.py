"""the watch-list, and who may have come; quiet calls"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        *(sa.Column(name, types.Sealed(), nullable=False) for name in ("name", "aliases", "company", "reason")),
        sa.Column("instruction", types.Sealed(), nullable=False),
        sa.Column("expires_at", types.UTC(), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", types.UTC(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_entry")),
        sa.UniqueConstraint("token", name=op.f("uq_watch_entry_token")),
    )
    op.create_index(op.f("ix_watch_entry_expires_at"), "watch_entry", ["expires_at"])
    op.create_table(
        "watch_told",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["watch_entry.id"], name=op.f("fk_watch_told_entry_id_watch_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_watch_told_person_id_person")),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name=op.f("pk_watch_told")),
    )
    op.create_table(
        "watch_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", types.UTC(), nullable=True),
        sa.Column("let_in_by", sa.String(length=40), nullable=True),
        sa.Column("let_in_at", types.UTC(), nullable=True),
        sa.Column("let_in_reason", types.Sealed(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'not_them', 'is_them')", name=op.f("ck_watch_match_state")),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_watch_match_decided")),
        sa.CheckConstraint("let_in_at IS NULL OR state = 'is_them'", name=op.f("ck_watch_match_let_in")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_watch_match_visit_id_visit")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["watch_entry.id"], name=op.f("fk_watch_match_entry_id_watch_entry"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_match")),
        sa.UniqueConstraint("token", name=op.f("uq_watch_match_token")),
        sa.UniqueConstraint("visit_id", "entry_id", name=op.f("uq_watch_match_visit_id_entry_id")),
    )
    for column in ("entry_id", "at"):
        op.create_index(op.f(f"ix_watch_match_{column}"), "watch_match", [column])
    op.create_table(
        "quiet_responder",
        sa.Column("person_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_responder_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_responder")),
    )
    op.create_table(
        "quiet_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=True),
        sa.Column("begun_at", types.UTC(), nullable=False),
        sa.Column("begun_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", types.UTC(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.Column("false_alarm", sa.Boolean(), nullable=False),
        sa.Column("note", types.Sealed(), nullable=True),
        sa.CheckConstraint("running IS NULL OR running = 1", name=op.f("ck_quiet_call_one")),
        sa.CheckConstraint("(running IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_quiet_call_running")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_call")),
        sa.UniqueConstraint("token", name=op.f("uq_quiet_call_token")),
        sa.UniqueConstraint("running", name=op.f("uq_quiet_call_running")),
    )
    op.create_table(
        "quiet_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.String(length=10), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.CheckConstraint("says IN ('coming', 'police')", name=op.f("ck_quiet_answer_says")),
        sa.ForeignKeyConstraint(["call_id"], ["quiet_call.id"], name=op.f("fk_quiet_answer_call_id_quiet_call")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_answer")),
    )
    op.create_index(op.f("ix_quiet_answer_call_id"), "quiet_answer", ["call_id"])


def downgrade() -> None:
    for table in ("quiet_answer", "quiet_call", "quiet_responder", "watch_match", "watch_told", "watch_entry"):
        op.drop_table(table)
