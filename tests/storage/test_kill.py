"""A killed writer loses nothing that it was told is kept."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.drafts import SqliteDraftStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.settings import TomlPreferenceStore
from tests.guards.figures import Count, Report
from tests.storage.killed_writer import done, waiting
from tests.storage.world import ADA, Folder

CHECKOUT = Path(__file__).parents[2]


async def torn_writes(database: Database, first: int, acknowledged: int) -> int:
    """How many turns were kept in part: a write is its row, its draft, and the row and identity before it."""
    outbox = SqliteOutboxStore(database)
    rows = {row.id: row for row in (*await outbox.open_rows(ADA), *await outbox.history(ADA, limit=10**6))}
    drafts = await SqliteDraftStore(database).drafts(ADA)
    identities = await outbox.identities(ADA)
    last = first + len(rows) - 1
    torn = await outbox.unreadable(ADA)
    for number in range(first, max(last, acknowledged) + 1):
        expected = waiting(number) if number == last else done(number)
        torn += rows.get(expected.id) != expected
        torn += f"log/{number}" in drafts
        torn += (expected.change.meeting_id in identities) != (number < last)
    return torn


def write_until_killed(root: Path, first: int, lines: int) -> int:
    """Run a writer that acknowledges each commit, kill it after `lines` of them; the last acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.killed_writer", str(root), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    ) as process:
        assert process.stdout is not None
        acknowledged = first - 1
        for _ in range(lines):
            acknowledged = int(process.stdout.readline())
        process.kill()
        for line in process.stdout:
            if line.endswith("\n"):
                acknowledged = int(line)
    return acknowledged


@pytest.mark.bar
@pytest.mark.timeout(1800)
async def test_no_acknowledged_commit_is_lost(
    folder: Folder, rng: random.Random, count: Count, figure: Report, executor: object
) -> None:
    kills, lost, torn, damaged, broken = count(10, 1000), 0, 0, 0, 0
    acknowledged = -1
    for _ in range(kills):
        first = acknowledged + 1
        acknowledged = write_until_killed(folder.root, first, rng.randint(1, 30))
        async with folder.open_outbox() as database:
            found = await SqliteDraftStore(database).drafts(ADA)
            damaged += database.notice is not None
            lost += sum(f"draft-{number}" not in found for number in range(first, acknowledged + 1))
            torn += await torn_writes(database, first, acknowledged)
            for table in ("drafts", "changes", "identities"):
                await database.write(lambda c, table=table: c.execute(f"DELETE FROM {table}"))  # type: ignore[misc]
        _, notice = await TomlPreferenceStore(folder.root / "settings.toml", executor).load()  # type: ignore[arg-type]
        broken += notice is not None
    figure("acknowledged commits lost in killed writers", f"{lost} in {kills} kills", 0)
    figure("outbox writes kept in part by killed writers", f"{torn} in {kills} kills", 0)
    figure("databases or settings damaged by a kill", f"{damaged + broken} in {kills} kills", 0)
    assert (lost, torn, damaged, broken) == (0, 0, 0, 0)
