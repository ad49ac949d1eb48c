"""presence: who is out, in a meeting or on leave, and when a calendar has no time"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("until", types.UTC(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("note", types.Sealed(), nullable=True),
        sa.Column("at", types.UTC(), nullable=False),
        sa.CheckConstraint("source IN ('self', 'reception')", name=op.f("ck_presence_source")),
        sa.CheckConstraint("state IN ('in', 'out', 'meeting', 'leave')", name=op.f("ck_presence_state")),
        sa.CheckConstraint("until IS NULL OR until > at", name=op.f("ck_presence_until_after")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "person_calendar",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address", types.Sealed(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("read_at", types.UTC(), nullable=True),
        sa.Column("known_until", types.UTC(), nullable=True),
        sa.Column("next_at", types.UTC(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("failed_at", types.UTC(), nullable=True),
        sa.Column("created_at", types.UTC(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'address') = (address IS NOT NULL)", name=op.f("ck_person_calendar_address")),
        sa.CheckConstraint("kind IN ('file', 'address')", name=op.f("ck_person_calendar_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_calendar_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_calendar")),
    )
    due = sa.text("next_at IS NOT NULL")
    op.create_index("ix_person_calendar_next", "person_calendar", ["next_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "busy_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("start_at", types.UTC(), nullable=False),
        sa.Column("end_at", types.UTC(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('meeting', 'out')", name=op.f("ck_busy_time_kind")),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_busy_time_end_after_start")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_busy_time_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_time")),
    )
    op.create_index(op.f("ix_busy_time_end_at"), "busy_time", ["end_at"])
    op.create_index(op.f("ix_busy_time_person_id"), "busy_time", ["person_id"])


def downgrade() -> None:
    op.drop_table("busy_time")
    op.drop_table("person_calendar")
    op.drop_table("presence")
