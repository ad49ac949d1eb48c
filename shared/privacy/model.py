"""Table of how many rows about visitors somebody was shown, by stretches of five minutes of the last hour."""

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import Base


class RowsShown(Base):
    """`who` as the journal names them, and how many rows they had not seen before."""

    __tablename__ = "rows_shown"
    who: Mapped[str] = mapped_column(String(40), primary_key=True)
    stretch: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entries: Mapped[int] = mapped_column(Integer)
