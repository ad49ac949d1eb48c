"""a badge that tries the printer out belongs to no visit"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("print_job") as batch_op:
        batch_op.alter_column("visit_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_print_job_badge"), "kind <> 'badge' OR visit_id IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM print_job WHERE kind = 'test'")
    with op.batch_alter_table("print_job") as batch_op:
        batch_op.drop_constraint(op.f("ck_print_job_badge"), type_="check")
        batch_op.alter_column("visit_id", existing_type=sa.Integer(), nullable=False)
