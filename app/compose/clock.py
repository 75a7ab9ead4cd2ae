"""The computer's own clock."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """Fulfils `Clock`."""

    def now(self) -> datetime:
        """The present UTC instant."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return after about `seconds`."""
        await asyncio.sleep(seconds)
