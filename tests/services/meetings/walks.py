"""A rig whose first sync is over, and the walks it made."""

from datetime import datetime, timedelta

from app.domain.meetings import Meeting
from tests.fakes.clock import NOW
from tests.services.meetings.rig import Rig

OLD = NOW - timedelta(days=400)


async def synced(*there: Meeting) -> Rig:
    """A rig whose first run is over."""
    rig = await Rig().start()
    rig.directory.put(*there)
    await rig.meetings.start_sync()
    return rig


def walks(rig: Rig) -> list[str]:
    """The walks in their order, one mention for each page."""
    return [str(call[0]) for call in rig.directory.calls if call[0] in ("between", "all", "changed_since")]


def asked_since(rig: Rig) -> list[datetime]:
    """The instants of which changes were asked for."""
    instants = [call[1] for call in rig.directory.calls if call[0] == "since"]
    return [instant for instant in instants if isinstance(instant, datetime)]
