"""The column types of every table. Knows SQLAlchemy types only.

Text keys are identifiers, compared byte by byte, whatever the locale.
Instants are `timestamptz` on PostgreSQL and fixed-width ISO 8601 text in UTC on SQLite, so that text order
is time order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, LargeBinary, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from tallybook.db.servers import ByteText

METADATA = MetaData()
"""All tables of the library; every package adds its own."""

KEY: TypeEngine[str] = ByteText()
TEXT: TypeEngine[str] = Text()
COUNT: TypeEngine[int] = BigInteger()
BYTES: TypeEngine[bytes] = LargeBinary()
DAY: TypeEngine[date] = Date()


def instant_text(moment: datetime) -> str:
    """A moment as SQLite stores it: 2026-01-31T09:30:00.000000+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Instant(TypeDecorator[datetime]):
    """A moment in time, always aware and always in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


INSTANT: TypeEngine[datetime] = Instant()
