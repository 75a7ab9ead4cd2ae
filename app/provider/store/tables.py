"""The tables as SQLAlchemy sees them, made by the migrations; instants are milliseconds since 1970, UTC."""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Integer, MetaData, Table, Text

METADATA = MetaData()

LINKS = Table(
    "links",
    METADATA,
    Column("link_id", Text, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("company_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("room_url", Text, nullable=False),
    Column("room_password", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)
MEETINGS = Table(
    "meetings",
    METADATA,
    Column("meeting_id", Text, primary_key=True),
    Column("link_id", Text, ForeignKey("links.link_id", ondelete="CASCADE"), nullable=False),
    Column("request_key", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("duration_min", Double, nullable=False),
    Column("join_url", Text, nullable=False),
    Column("password", Text),
    Column("invitation", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("deleted_ms", BigInteger),
)
REQUESTS = Table(
    "requests",
    METADATA,
    Column("request_id", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("took_ms", Double, nullable=False),
)
COUNTS = Table(
    "counts",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("status", Integer, primary_key=True),
    Column("total", BigInteger, nullable=False),
)
