"""who asked on the phone how somebody is reached, and by which call"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CALL = (
    "ALTER TABLE contact_request ADD COLUMN call_id INTEGER"
    " CONSTRAINT fk_contact_request_call_id_phone_call REFERENCES phone_call (id)"
)


def upgrade() -> None:
    op.execute(CALL)  # in one sentence SQLite adds the column with its foreign key, without making the table anew
    op.add_column("contact_request", sa.Column("pad", sa.String(length=12), nullable=True))
    op.create_index("ix_contact_request_call_id", "contact_request", ["call_id"])


def downgrade() -> None:
    op.drop_index("ix_contact_request_call_id", "contact_request")
    op.drop_column("contact_request", "pad")
    op.drop_column("contact_request", "call_id")
