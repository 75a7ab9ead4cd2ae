"""Child: the app's gateway fetches and decodes all meetings with their records, and keeps nothing.

Arguments: the sandbox's HubSpot origin, its token.
"""

import asyncio
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from app.api.http_client import make_http_client
from app.api.pacing import FlightGate
from app.api.session import ApiSession, FixedToken
from app.api.versions import PATHS, ApiVersion
from app.gateways.hubspot.meeting_ports import meeting_ports
from app.gateways.problems import Calls
from tests.benchmarks.report import answer
from tests.benchmarks.unhurried import UnlimitedThrottle
from tests.fakes.samples import sample_account


async def fetch(origin: str, token: str) -> None:
    """Fetch and count."""
    account = replace(sample_account(), scopes=frozenset())
    async with await make_http_client(user_agent="Benchmark", is_local=True) as http:
        session = ApiSession(http, origin, FixedToken(token), UnlimitedThrottle(FlightGate()))
        calls = Calls(account.id, lambda: datetime.now(UTC))
        directory = meeting_ports(session, PATHS[ApiVersion.V2026_03], account, calls).directory
        wall, cpu, count = time.perf_counter(), time.process_time(), 0
        async for page in directory.all():
            count += len(page.meetings)
        answer(count=count, wall=(time.perf_counter() - wall) * 1000, cpu=(time.process_time() - cpu) * 1000)


if __name__ == "__main__":
    asyncio.run(fetch(*sys.argv[1:]))
