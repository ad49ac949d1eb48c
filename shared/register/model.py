"""Tables of the search: which piece of text stands in which row."""

from sqlalchemy import BigInteger, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import Base

Whole = BigInteger().with_variant(Integer, "sqlite")


class Gram(Base):
    """A piece of text, as a number, and a row that holds it."""

    __tablename__ = "register_gram"
    gram: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    row_id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class RowGrams(Base):
    """The pieces of one row, four bytes each, so that they can be taken back whatever the row says now."""

    __tablename__ = "register_row"
    register: Mapped[str] = mapped_column(String(12), primary_key=True)
    row_id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    grams: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)
