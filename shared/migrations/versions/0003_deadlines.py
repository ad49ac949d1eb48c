"""deadlines, clocks and the working calendar"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "kind IN ('workday', 'weekend', 'holiday', 'makeup_workday')", name=op.f("ck_calendar_day_kind")
        ),
        sa.PrimaryKeyConstraint("date", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "clock_change",
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("warn", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("breach", sa.Integer(), nullable=False),
        sa.Column("steps", types.JSONText(), nullable=False),
        sa.Column("changed_at", types.UTC(), nullable=False),
        sa.CheckConstraint("warn <= due AND due <= breach", name=op.f("ck_clock_change_in_order")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_clock_change")),
    )
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", types.UTC(), nullable=False),
        sa.Column("warn_at", types.UTC(), nullable=False),
        sa.Column("due_at", types.UTC(), nullable=False),
        sa.Column("red_at", types.UTC(), nullable=False),
        sa.Column("breach_at", types.UTC(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("met_at", types.UTC(), nullable=True),
        sa.Column("met_by", sa.String(length=40), nullable=False),
        sa.Column("dropped_at", types.UTC(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("next_at", types.UTC(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("data", types.JSONText(), nullable=False),
        sa.CheckConstraint("(state = 'met') = (met_at IS NOT NULL)", name=op.f("ck_deadline_met")),
        sa.CheckConstraint("state = 'open' OR next_at IS NULL", name=op.f("ck_deadline_quiet")),
        sa.CheckConstraint("state IN ('open', 'met', 'dropped')", name=op.f("ck_deadline_state")),
        sa.CheckConstraint("starts_at <= due_at AND due_at <= breach_at", name=op.f("ck_deadline_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deadline_person_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_deadline_visit_id_visit"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index("ix_deadline_clause", ["clause", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_deadline_met",
            ["met_at"],
            unique=False,
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_deadline_next",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadline_subject"), ["subject"], unique=False)
        batch_op.create_index(
            "uq_deadline_open",
            ["subject", "key"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.add_column("alert", sa.Column("told_again_at", types.UTC(), nullable=True))


def downgrade() -> None:
    op.drop_column("alert", "told_again_at")
    op.drop_table("deadline")
    op.drop_table("clock_change")
    op.drop_table("calendar_day")
