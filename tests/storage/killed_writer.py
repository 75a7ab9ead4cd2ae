"""`python -m tests.storage.killed_writer FOLDER FIRST`: writes and acknowledges turns, until killed."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from app.domain.changes import ChangeState, PendingChange
from app.domain.meetings import MeetingId
from app.domain.preferences import Preferences
from app.storage.drafts import SqliteDraftStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.settings import TomlPreferenceStore
from tests.storage.meeting_world import log, pending
from tests.storage.world import ADA, NOW, Folder

SERVER = MeetingId("9")


def waiting(number: int) -> PendingChange:
    """The change that the writer adds in its turn `number`."""
    return pending(number, log(number, title="word " * (number % 300)))


def done(number: int) -> PendingChange:
    """The same, as the writer leaves it in its next turn."""
    return replace(waiting(number), state=ChangeState.DONE, done_at=NOW, server_id=SERVER)


async def main(root: Path, first: int) -> None:
    """A draft, then a change that takes another draft's place, and the identity of the change before."""
    folder = Folder(root)
    settings = TomlPreferenceStore(root / "settings.toml", ThreadPoolExecutor(1))
    async with folder.open_outbox() as database:
        drafts, outbox = SqliteDraftStore(database), SqliteOutboxStore(database)
        number = first
        while True:
            await drafts.save(ADA, f"draft-{number}", {"text": "word " * (number % 700)})
            await drafts.save(ADA, f"log/{number}", {})
            sent = [done(number - 1)] if number > first else []
            await outbox.write(
                [waiting(number), *sent],
                discarded_drafts=[f"log/{number}"],
                identities={row.change.meeting_id: SERVER for row in sent},
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            if number % 5 == 0:
                await settings.save(Preferences(last_link=f"link-{number}"))
            number += 1


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
