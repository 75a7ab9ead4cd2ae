"""A killed writer loses nothing that it was told is kept."""

import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.storage.drafts import SqliteDraftStore
from app.storage.settings import TomlPreferenceStore
from tests.guards.figures import Count, Report
from tests.storage.world import ADA, Folder

CHECKOUT = Path(__file__).parents[2]
WRITER = textwrap.dedent(
    """
    import asyncio, sys
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path
    from app.domain.preferences import Preferences
    from app.storage.drafts import SqliteDraftStore
    from app.storage.settings import TomlPreferenceStore
    from tests.storage.world import ADA, Folder

    async def main(root, first):
        folder = Folder(Path(root))
        settings = TomlPreferenceStore(folder.root / "settings.toml", ThreadPoolExecutor(1))
        async with folder.open_outbox() as database:
            drafts = SqliteDraftStore(database)
            number = int(first)
            while True:
                await drafts.save(ADA, f"draft-{number}", {"text": "word " * (number % 700)})
                print(number, flush=True)
                if number % 5 == 0:
                    await settings.save(Preferences(last_link=f"link-{number}"))
                number += 1

    asyncio.run(main(*sys.argv[1:]))
    """
)


def write_until_killed(root: Path, first: int, lines: int) -> int:
    """Run a writer that acknowledges each commit, kill it after `lines` of them; the last acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), str(first)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
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
    kills, lost, damaged, broken = count(10, 1000), 0, 0, 0
    acknowledged = -1
    for _ in range(kills):
        first = acknowledged + 1
        acknowledged = write_until_killed(folder.root, first, rng.randint(1, 30))
        async with folder.open_outbox() as database:
            found = await SqliteDraftStore(database).drafts(ADA)
            damaged += database.notice is not None
            lost += sum(f"draft-{number}" not in found for number in range(first, acknowledged + 1))
            await database.write(lambda c: c.execute("DELETE FROM drafts"))
        _, notice = await TomlPreferenceStore(folder.root / "settings.toml", executor).load()  # type: ignore[arg-type]
        broken += notice is not None
    figure("acknowledged commits lost in killed writers", f"{lost} in {kills} kills", 0)
    figure("databases or settings damaged by a kill", f"{damaged + broken} in {kills} kills", 0)
    assert (lost, damaged, broken) == (0, 0, 0)
