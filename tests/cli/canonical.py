"""One text that says everything a database holds, except what has to be random: for comparing two of them."""

import hashlib
import re

from sqlalchemy import select

from shared.lib import db

# Public ids, passes and passwords are random on purpose, and hashes of names depend on the installation's own key.
RANDOM = re.compile(
    r"token|csrf|code|poll_hash|pass_hash|pass_sealed|password_hash|device_token|invitation_hash|visitor_key|phone_key|number_key"
)


def dump() -> str:
    """Every row of every table in order; subjects without the public id in them."""
    lines: list[str] = []
    with db.reading() as session:
        for table in sorted(db.Base.metadata.tables.values(), key=lambda one: one.name):
            kept = [column for column in table.c if not RANDOM.search(column.name)]
            for row in session.execute(select(*kept).order_by(*table.primary_key)):
                values = {column.name: value for column, value in zip(kept, row, strict=True)}
                if "subject" in values:
                    values["subject"] = str(values["subject"]).partition(":")[0]
                lines.append(f"{table.name} {values!r}")
    return "\n".join(lines)


def digest() -> str:
    return hashlib.sha256(dump().encode()).hexdigest()
