"""rooms, who used them, tea, clearing and reservations"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
DRINKS = "drink IN ('tea', 'water', 'coffee', 'none')"


def _open(table: str) -> None:
    only = sa.text("ended_at IS NULL")
    op.create_index(f"uq_{table}_open", table, ["room_id"], unique=True, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("name_en", sa.String(length=30), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("plant", sa.String(length=10), nullable=False),
        sa.Column("smoking", sa.Boolean(), nullable=False),
        sa.Column("vip", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("closed_at", types.UTC(), nullable=True),
        sa.Column("closed_reason", sa.String(length=80), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 1 AND 200", name=op.f("ck_room_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("name", name=op.f("uq_room_name")),
    )
    op.create_table(
        "room_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("started_at", types.UTC(), nullable=False),
        sa.Column("ended_at", types.UTC(), nullable=True),
        sa.Column("drink", sa.String(length=10), nullable=False),
        sa.Column("quiet_at", types.UTC(), nullable=True),
        sa.Column("note", types.Sealed(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(DRINKS, name=op.f("ck_room_use_drink")),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_room_use_in_order")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_use_room_id_room")),
        sa.ForeignKeyConstraint(["taken_by"], ["account.id"], name=op.f("fk_room_use_taken_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_use")),
    )
    op.create_index(op.f("ix_room_use_room_id"), "room_use", ["room_id"])
    _open("room_use")
    op.create_table(
        "tea_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("use_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UTC(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_tea_round_by_account")),
        sa.ForeignKeyConstraint(["use_id"], ["room_use.id"], name=op.f("fk_tea_round_use_id_room_use")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tea_round")),
    )
    op.create_index(op.f("ix_tea_round_use_id"), "tea_round", ["use_id"])
    op.create_table(
        "room_clearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("use_id", sa.Integer(), nullable=False),
        sa.Column("started_at", types.UTC(), nullable=False),
        sa.Column("ended_at", types.UTC(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("cups", sa.Boolean(), nullable=False),
        sa.Column("ashtray", sa.Boolean(), nullable=True),
        sa.Column("table_and_chairs", sa.Boolean(), nullable=False),
        sa.Column("tidy", sa.Boolean(), nullable=False),
        sa.Column("found", types.Sealed(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_room_clearing_by_account")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_clearing_room_id_room")),
        sa.ForeignKeyConstraint(["use_id"], ["room_use.id"], name=op.f("fk_room_clearing_use_id_room_use")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_clearing")),
    )
    op.create_index(op.f("ix_room_clearing_room_id"), "room_clearing", ["room_id"])
    op.create_index(op.f("ix_room_clearing_use_id"), "room_clearing", ["use_id"])
    _open("room_clearing")
    op.create_table(
        "room_reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", types.UTC(), nullable=False),
        sa.Column("ends_at", types.UTC(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("purpose", types.Sealed(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", types.UTC(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_room_reservation_in_order")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_room_reservation_made_by_account")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_room_reservation_person_id_person")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_reservation_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_reservation")),
    )
    op.create_index(op.f("ix_room_reservation_ends_at"), "room_reservation", ["ends_at"])
    op.create_index(op.f("ix_room_reservation_room_id"), "room_reservation", ["room_id"])
    op.add_column("visit", sa.Column("drink", sa.String(length=10), nullable=False, server_default=""))
    op.execute(
        "ALTER TABLE visit ADD COLUMN room_use_id INTEGER"
        " CONSTRAINT fk_visit_room_use_id_room_use REFERENCES room_use (id)"
    )  # in one go, so that no table with visits has to be copied
    op.add_column("visit", sa.Column("seated_at", types.UTC(), nullable=True))
    op.create_index(op.f("ix_visit_room_use_id"), "visit", ["room_use_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_room_use_id"), "visit")
    for column in ("seated_at", "room_use_id", "drink"):
        op.drop_column("visit", column)
    for table in ("room_reservation", "room_clearing", "tea_round", "room_use", "room"):
        op.drop_table(table)
