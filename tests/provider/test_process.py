"""The service as a process: its start and end, its logs, several workers, kills under load."""

import asyncio
import json
import random
import signal
import time
from dataclasses import dataclass, field

import httpx
import pytest

from app.provider.store.store import ProviderStore
from tests.guards.figures import Count, Report
from tests.provider.asking import CALL, LINK_ID, Asking, is_refusal
from tests.provider.replica import PATIENCE_S, Replica, replica

LINK = {"user_id": 7, "company_id": 9, "language": "de", "zone": "Europe/Berlin"}


async def register(asking: Asking) -> None:
    """Make the one link."""
    assert (await asking.desktop("PUT", f"/api/links/{LINK_ID}", LINK)).status_code in {200, 201}


def client_of(*replicas: Replica) -> list[httpx.AsyncClient]:
    """A client for each."""
    return [httpx.AsyncClient(base_url=one.url, timeout=PATIENCE_S) for one in replicas]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_starts_answers_and_ends_in_good_order(database_url: str, number: signal.Signals) -> None:
    with replica(database_url) as one:
        async with client_of(one)[0] as client:
            await register(Asking(client))
            made = await Asking(client).create({**CALL, "topic": "Secret merger"})
            assert made.status_code == 201
            assert is_refusal(await client.get("/x"), 404, "NOT_FOUND")
        assert one.end(number) in {0, -number}
    lines = [json.loads(line) for line in one.logs]
    create = next(line for line in lines if line.get("kind") == "create")
    assert (create["status"], create["level"], create["event"]) == (201, "info", "request")
    assert any(line["event"] == "Application shutdown complete." for line in lines)
    said = "".join(one.logs)
    assert not any(
        word in said for word in ("Secret merger", LINK_ID, "s3cret", made.json()["data"]["join_url"])
    )


async def test_workers_share_a_postgresql(postgres_url: str) -> None:
    with replica(postgres_url, "--workers", "2") as one:
        seen: set[str] = set()
        deadline = time.monotonic() + PATIENCE_S
        while len(seen) < 2:
            assert time.monotonic() < deadline, "only one worker answered"
            async with client_of(one)[0] as client:
                await register(Asking(client))
                text = (await client.get("/metrics")).text
                seen |= {part.partition('"')[0] for part in text.split('worker="')[1:]}
        assert one.end() == 0


@dataclass
class Promises:
    """What was answered: `kept` maps living meetings to topics; `doubtful` ones were in work at the kill."""

    kept: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    begun: int = 0

    def forget_doubtful(self) -> None:
        """Nothing was promised about these."""
        for meeting_id in self.doubtful:
            self.kept.pop(meeting_id, None)
            self.gone.discard(meeting_id)
        self.doubtful.clear()


async def _load(asking: Asking, promises: Promises, enough: int, reached: asyncio.Event) -> None:
    """Create, update and delete until the service is gone; a lost answer leaves doubt."""
    while True:
        promises.begun += 1
        number = promises.begun
        if number == enough:
            reached.set()
        try:
            made = await asking.create({**CALL, "topic": f"call {number}"})
            meeting_id = str(made.json()["data"]["meeting_id"])
            promises.kept[meeting_id] = f"call {number}"
            promises.doubtful.add(meeting_id)
            moved = await asking.update(meeting_id, {**CALL, "topic": f"call {number} moved"})
            assert moved.status_code == 204
            promises.kept[meeting_id] = f"call {number} moved"
            if number % 3 == 0:
                assert (await asking.delete(meeting_id)).status_code == 204
                promises.gone.add(meeting_id)
                del promises.kept[meeting_id]
            promises.doubtful.discard(meeting_id)
        except httpx.HTTPError:
            return


@pytest.mark.bar
@pytest.mark.timeout(1_800)
async def test_a_kill_under_load_loses_nothing(
    database_url: str, count: Count, figure: Report, rng: random.Random
) -> None:
    promises, lost, kills, port = Promises(), 0, count(2, 20), 0
    for _ in range(kills):
        with replica(database_url, port=port) as one:
            port = one.port
            async with client_of(one)[0] as client:
                asking = Asking(client)
                await register(asking)
                reached, enough = asyncio.Event(), promises.begun + rng.randrange(20, 60)
                async with asyncio.TaskGroup() as group:
                    for _ in range(6):
                        group.create_task(_load(asking, promises, enough, reached))
                    await reached.wait()
                    await asyncio.to_thread(one.kill)
        promises.forget_doubtful()
        lost += _lost(database_url, promises)
    figure(f"meetings lost in {kills} kills under load ({database_url.partition(':')[0]})", lost, 0)
    assert lost == 0
    assert promises.kept
    assert promises.gone


def _lost(database_url: str, promises: Promises) -> int:
    """How many promised meetings are not there as promised, and how many ended ones came back."""
    store = ProviderStore.open(database_url)
    held = {str(one.meeting.meeting_id): one.call.topic for one in store.meetings(LINK_ID)}
    store.close()
    gone_back = promises.gone & held.keys()
    return len(gone_back) + sum(held.get(one) != topic for one, topic in promises.kept.items())


@pytest.mark.bar
@pytest.mark.timeout(1_800)
async def test_fifty_requests_a_second(database_url: str, count: Count, figure: Report) -> None:
    seconds, rate = count(2, 60), 50
    took: list[float] = []
    failed = 0

    async def one_request(asking: Asking, number: int, meetings: list[str]) -> None:
        nonlocal failed
        await asyncio.sleep(number / rate)
        began = time.perf_counter()
        if meetings and number % 3:
            meeting_id = meetings.pop() if number % 3 == 2 else meetings[-1]
            call = asking.update(meeting_id) if number % 3 == 1 else asking.delete(meeting_id)
            failed += (await call).status_code not in {204, 404}
        else:
            made = await asking.create({**CALL, "topic": f"call {number}"})
            failed += made.status_code != 201
            meetings.append(made.json()["data"]["meeting_id"])
        took.append(time.perf_counter() - began)

    with replica(database_url) as one:
        async with client_of(one)[0] as client:
            asking, meetings = Asking(client), list[str]()
            await register(asking)
            async with asyncio.TaskGroup() as group:
                for number in range(seconds * rate):
                    group.create_task(one_request(asking, number, meetings))
    p99 = sorted(took)[int(len(took) * 0.99)]
    kind = database_url.partition(":")[0]
    figure(f"p99 at {rate} requests a second for {seconds} s ({kind})", f"{p99 * 1000:.0f} ms", "200 ms")
    figure(f"failed requests of {len(took)} ({kind})", failed, 0)
    assert failed == 0
