"""which days of the office's calendar came with a whole calendar, and which were written by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BY_HAND = """
UPDATE calendar_day SET imported = false WHERE 'calendar:' || CAST(date AS VARCHAR(10)) IN
    (SELECT subject FROM journal WHERE action = 'calendar.changed')
"""


def upgrade() -> None:
    op.add_column("calendar_day", sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(BY_HAND)  # the journal names each day that somebody wrote; all the others came with a file
    with op.batch_alter_table("calendar_day") as batch_op:
        batch_op.alter_column("imported", server_default=None)


def downgrade() -> None:
    op.drop_column("calendar_day", "imported")
