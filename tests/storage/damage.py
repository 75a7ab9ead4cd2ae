"""How the tests damage a database file."""

import sqlite3
from contextlib import closing
from pathlib import Path

PAGE = 4096


def overwrite(path: Path, offset: int, content: bytes) -> None:
    """Put these bytes over what is at `offset`."""
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(content)


def leaf_pages(path: Path, table: str) -> list[int]:
    """Offsets of the table's leaf pages (SQLite file format 1.6: page type 13)."""
    content = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    offset = (root - 1) * PAGE
    if content[offset] == 13:
        return [offset]
    assert content[offset] == 5
    cells = int.from_bytes(content[offset + 3 : offset + 5], "big")
    starts = [int.from_bytes(content[offset + 12 + 2 * n : offset + 14 + 2 * n], "big") for n in range(cells)]
    children = [int.from_bytes(content[offset + s : offset + s + 4], "big") for s in starts]
    children.append(int.from_bytes(content[offset + 8 : offset + 12], "big"))
    return [(child - 1) * PAGE for child in children]
