"""The versions of the schema, forward only: each entry holds the statements that lead to the next version."""

from typing import Final

from sqlalchemy import Connection, text

from app.provider.store.troubles import StoreTooNew

_LOCK: Final = 4_207_849_001
"""Any number of ours: the key of PostgreSQL's advisory lock that replicas starting together wait for."""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "CREATE TABLE links (link_id TEXT PRIMARY KEY, user_id BIGINT NOT NULL, company_id BIGINT NOT NULL,"
        " state TEXT NOT NULL, origin TEXT NOT NULL, language TEXT NOT NULL, zone TEXT NOT NULL,"
        " room_url TEXT NOT NULL, room_password TEXT NOT NULL, created_ms BIGINT NOT NULL)",
        "CREATE INDEX links_of_user ON links (company_id, user_id)",
        "CREATE TABLE meetings (meeting_id TEXT PRIMARY KEY,"
        " link_id TEXT NOT NULL REFERENCES links (link_id) ON DELETE CASCADE,"
        " request_key TEXT NOT NULL, topic TEXT NOT NULL, start_ms BIGINT NOT NULL,"
        " duration_min DOUBLE PRECISION NOT NULL, join_url TEXT NOT NULL, password TEXT,"
        " invitation TEXT NOT NULL, created_ms BIGINT NOT NULL, deleted_ms BIGINT)",
        "CREATE INDEX meetings_of_link ON meetings (link_id, request_key, created_ms)",
        "CREATE TABLE requests (request_id TEXT PRIMARY KEY, at_ms BIGINT NOT NULL, kind TEXT NOT NULL,"
        " status INTEGER NOT NULL, took_ms DOUBLE PRECISION NOT NULL)",
        "CREATE INDEX requests_at ON requests (at_ms)",
        "CREATE TABLE counts (kind TEXT NOT NULL, status INTEGER NOT NULL, total BIGINT NOT NULL,"
        " PRIMARY KEY (kind, status))",
    ),
    ("CREATE INDEX meetings_start ON meetings (start_ms)",),
)


def migrate(connection: Connection, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring the database of an open transaction to the newest version; StoreTooNew when it is ahead."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"))
    found = connection.execute(text("SELECT version FROM schema_version")).scalar()
    if found is None:
        connection.execute(text("INSERT INTO schema_version (version) VALUES (0)"))
    version = int(found or 0)
    if version > len(migrations):
        raise StoreTooNew(version)
    for statements in migrations[version:]:
        for statement in statements:
            connection.execute(text(statement))
    connection.execute(text("UPDATE schema_version SET version = :version"), {"version": len(migrations)})
