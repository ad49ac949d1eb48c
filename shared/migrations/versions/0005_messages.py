"""messages for somebody who is not there, return visits, slips on the print queue"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RELAY = (
    ("status IN ('recorded', 'attempting', 'notified', 'confirmed', 'replied', 'closed', 'cancelled')", "status"),
    ("urgency IN ('normal', 'urgent')", "urgency"),
    ("(status = 'cancelled') = (cancelled_at IS NOT NULL)", "cancelled"),
    ("status NOT IN ('confirmed', 'replied') OR confirmed_at IS NOT NULL", "confirmed"),
)
CHANNELS = "'in_person', 'extension', 'mobile', 'via_colleague', 'im', 'sms', 'email', 'paper_slip', 'page'"
RESULTS = "'reached', 'delivered_written', 'no_answer', 'busy', 'off', 'refused', 'auto_sent'"


def upgrade() -> None:
    op.create_table(
        "relay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(length=8), nullable=False),
        sa.Column("from_name", types.Sealed(), nullable=False),
        sa.Column("company", types.Sealed(), nullable=False),
        sa.Column("number", types.Sealed(), nullable=True),
        sa.Column("message", types.Sealed(), nullable=False),
        sa.Column("wrong", types.Sealed(), nullable=True),
        sa.Column("read_back_done", sa.Boolean(), nullable=False),
        sa.Column("reply_required", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("wrong_count", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", types.UTC(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("notified_at", types.UTC(), nullable=True),
        sa.Column("confirmed_at", types.UTC(), nullable=True),
        sa.Column("confirm_method", sa.String(length=10), nullable=False),
        sa.Column("replied_at", types.UTC(), nullable=True),
        sa.Column("reply_summary", types.Sealed(), nullable=True),
        sa.Column("closed_at", types.UTC(), nullable=True),
        sa.Column("escalated_at", types.UTC(), nullable=True),
        sa.Column("cancelled_at", types.UTC(), nullable=True),
        sa.Column("cancel_reason", types.Sealed(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_relay_{name}")) for rule, name in RELAY),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_relay_to_id_person")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_relay_visit_id_visit"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
        sa.UniqueConstraint("token", name=op.f("uq_relay_token")),
    )
    op.create_index("ix_relay_status", "relay", ["status", "recorded_at"])
    for column in ("recorded_at", "subject", "to_id", "visit_id"):
        op.create_index(op.f(f"ix_relay_{column}"), "relay", [column])
    _of_a_message()
    for name in ("will_return", "time_open"):
        op.add_column("visit", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("return_at", "closed_at"):
        op.add_column("visit", sa.Column(name, types.UTC(), nullable=True))


def _of_a_message() -> None:
    op.create_table(
        "relay_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relay_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=14), nullable=False),
        sa.Column("result", sa.String(length=18), nullable=False),
        sa.Column("note", types.Sealed(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"channel IN ({CHANNELS})", name=op.f("ck_relay_attempt_channel")),
        sa.CheckConstraint(f"result IN ({RESULTS})", name=op.f("ck_relay_attempt_result")),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["relay.id"], name=op.f("fk_relay_attempt_relay_id_relay"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_attempt")),
    )
    op.create_index(op.f("ix_relay_attempt_relay_id"), "relay_attempt", ["relay_id"])
    op.create_table(
        "relay_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relay_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=14), nullable=False),
        sa.Column("reason", types.Sealed(), nullable=True),
        sa.Column("since", types.UTC(), nullable=False),
        sa.Column("until", types.UTC(), nullable=True),
        sa.CheckConstraint(
            "role IN ('recipient', 'colleague', 'deputy', 'dept_manager', 'manager')",
            name=op.f("ck_relay_holder_role"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relay_holder_person_id_person")),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["relay.id"], name=op.f("fk_relay_holder_relay_id_relay"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_holder")),
    )
    for column in ("person_id", "relay_id"):
        op.create_index(op.f(f"ix_relay_holder_{column}"), "relay_holder", [column])
    holds = sa.text("until IS NULL")
    op.create_index(
        "uq_relay_holder_holds", "relay_holder", ["relay_id", "person_id"], unique=True, sqlite_where=holds,
        postgresql_where=holds,
    )  # fmt: skip


def downgrade() -> None:
    op.execute("DELETE FROM print_job WHERE kind = 'slip'")
    for name in ("closed_at", "return_at", "time_open", "will_return"):
        op.drop_column("visit", name)
    for name in ("relay_holder", "relay_attempt", "relay"):
        op.drop_table(name)
