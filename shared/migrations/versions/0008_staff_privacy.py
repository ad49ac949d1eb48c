"""who let a visitor in, and who asked how somebody is reached"""

import sqlalchemy as sa
from alembic import op

from shared.lib.db import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BY = (
    "ALTER TABLE visit ADD COLUMN confirmed_by INTEGER CONSTRAINT fk_visit_confirmed_by_account REFERENCES account (id)"
)


WANTED = "wanted IN ('extension', 'phone', 'email')"
OUTCOME = "outcome IN ('declined_relayed', 'refused', 'person_agreed')"
OWN_TAP = "outcome IS NULL OR outcome <> 'person_agreed' OR (answered_at IS NOT NULL AND answered_by IS NOT NULL)"


def upgrade() -> None:
    op.execute(BY)  # in one sentence SQLite adds the column with its foreign key, without making the table anew
    op.add_column("visit", sa.Column("confirmed_at", types.UTC(), nullable=True))
    op.create_table(
        "contact_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("asker", types.Sealed(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("asked_at", types.UTC(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", types.UTC(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", types.UTC(), nullable=True),
        sa.CheckConstraint(WANTED, name=op.f("ck_contact_request_wanted")),
        sa.CheckConstraint(OUTCOME, name=op.f("ck_contact_request_outcome")),
        sa.CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_contact_request_settled")),
        sa.CheckConstraint(OWN_TAP, name=op.f("ck_contact_request_own_tap")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_contact_request_answered_by_account")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_contact_request_asked_by_account")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_request_person_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_contact_request_visit_id_visit"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
        sa.UniqueConstraint("token", name=op.f("uq_contact_request_token")),
    )
    for column in ("asked_at", "person_id", "visit_id"):
        op.create_index(op.f(f"ix_contact_request_{column}"), "contact_request", [column])


def downgrade() -> None:
    op.drop_table("contact_request")
    op.drop_column("visit", "confirmed_at")
    op.drop_column("visit", "confirmed_by")
