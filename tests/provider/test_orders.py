"""Calls repeated, reordered and interleaved over replicas: the end is always what was answered."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from app.domain.provider import CallRequest, VideoMeetingId, read_call
from app.provider.meetings import Outcome
from app.provider.store.store import ProviderStore
from tests.guards.figures import Count, Report
from tests.provider.asking import CALL, LINK_ID, NOW, Asking, a_link
from tests.provider.replica import PATIENCE_S, replica
from tests.provider.test_store import WINDOW, room


def call_of(topic: str) -> CallRequest:
    """A call with this topic."""
    call = read_call({**CALL, "topic": topic})
    assert isinstance(call, CallRequest)
    return call


class Model:
    """What the store must hold, thought through without a database."""

    def __init__(self) -> None:
        self.living: dict[str, str] = {}
        self.ended: set[str] = set()
        self.made_for: dict[str, str] = {}

    def created(self, topic: str, meeting_id: str) -> bool:
        """Whether the answer to a create is right."""
        before = self.made_for.get(topic)
        is_repeat = before is not None and before in self.living
        if not is_repeat:
            is_new = meeting_id not in self.living and meeting_id not in self.ended
            self.made_for[topic], self.living[meeting_id] = meeting_id, topic
            return is_new
        return meeting_id == before

    def updated(self, meeting_id: str, topic: str) -> Outcome:
        """The right answer to an update."""
        if meeting_id not in self.living:
            return Outcome.NO_MEETING
        self.living[meeting_id] = topic
        return Outcome.DONE

    def deleted(self, meeting_id: str) -> Outcome:
        """The right answer to a delete."""
        if self.living.pop(meeting_id, None) is None and meeting_id not in self.ended:
            return Outcome.NO_MEETING
        self.ended.add(meeting_id)
        return Outcome.DONE


def steps(rng: random.Random, how_many: int) -> Iterator[tuple[str, str]]:
    """Kinds of steps, each with a topic; some come twice, some out of their order."""
    waiting: list[tuple[str, str]] = []
    for number in range(how_many):
        waiting.append((rng.choice(["create", "create", "update", "delete"]), f"call {rng.randrange(9)}"))
        if rng.random() < 0.3:
            waiting.append(waiting[-1])
        if number % 4 == 3:
            rng.shuffle(waiting)
            yield from waiting
            waiting.clear()


@pytest.mark.bar
@pytest.mark.timeout(1_800)
def test_reordered_and_repeated_calls_end_as_answered(
    store: ProviderStore, rng: random.Random, count: Count, figure: Report
) -> None:
    store.put_link(a_link())
    model, divergent, done = Model(), 0, 0
    for kind, topic in steps(rng, count(400, 10_000)):
        done += 1
        known = [*model.living, *sorted(model.ended)[:3], "a" * 32]
        chosen = VideoMeetingId(rng.choice(known))
        if kind == "create":
            kept = store.create_meeting(LINK_ID, call_of(topic), room, now=NOW, window=WINDOW)
            assert kept is not None
            divergent += not model.created(topic, kept.meeting.meeting_id)
        elif kind == "update":
            new = f"{topic} moved"
            divergent += store.update_meeting(LINK_ID, chosen, call_of(new)) != model.updated(chosen, new)
        else:
            divergent += store.delete_meeting(LINK_ID, chosen, now=NOW) != model.deleted(chosen)
    held = {one.meeting.meeting_id: one.call.topic for one in store.meetings(LINK_ID)}
    divergent += held != model.living
    figure(f"divergent states in {done} repeated and reordered calls ({store.database})", divergent, 0)
    assert divergent == 0


async def _interleave(replicas: list[Asking], rng: random.Random, number: int) -> str:
    """One call's life with every request sent to both replicas at once; what is wrong with it, or nothing."""
    topic = f"call {number}"

    async def create(asking: Asking) -> str:
        made = await asking.create({**CALL, "topic": topic})
        return str(made.json()["data"]["meeting_id"]) if made.status_code == 201 else ""

    made = set(await asyncio.gather(*(create(one) for one in replicas)))
    if len(made) != 1 or "" in made:
        return f"{number}: created {made}"
    (meeting_id,) = made
    changes = [f"{topic} a", f"{topic} b"]
    jobs = [
        one.update(meeting_id, {**CALL, "topic": text}) for one, text in zip(replicas, changes, strict=True)
    ]
    is_deleted = rng.random() < 0.5
    if is_deleted:
        jobs += [one.delete(meeting_id) for one in replicas]
    rng.shuffle(jobs)
    answers = [answer.status_code for answer in await asyncio.gather(*jobs)]
    if not is_deleted:
        return "" if answers == [204, 204] else f"{number}: {answers}"
    if not set(answers) <= {204, 404} or answers.count(204) < 2:
        return f"{number}: {answers}"
    after = [(await one.update(meeting_id)).status_code for one in replicas]
    return "" if after == [404, 404] else f"{number}: came back, {after}"


@pytest.mark.bar
@pytest.mark.timeout(1_800)
async def test_two_replicas_on_one_postgresql_never_diverge(
    postgres_url: str, rng: random.Random, count: Count, figure: Report
) -> None:
    rounds, wrong, at_once = count(100, 10_000), list[str](), 8
    with ExitStack() as stack:
        urls = [stack.enter_context(replica(postgres_url)).url for _ in range(2)]
        async with (
            httpx.AsyncClient(base_url=urls[0], timeout=PATIENCE_S) as first,
            httpx.AsyncClient(base_url=urls[1], timeout=PATIENCE_S) as second,
        ):
            replicas = [Asking(first), Asking(second)]
            await first_link(replicas[0])
            for start in range(0, rounds, at_once):
                batch = range(start, min(start + at_once, rounds))
                found = await asyncio.gather(*(_interleave(replicas, rng, number) for number in batch))
                wrong += [text for text in found if text]
    store = ProviderStore.open(postgres_url)
    topics = [one.call.topic for one in store.meetings(LINK_ID)]
    store.close()
    wrong += [f"{text}: not what was last sent" for text in topics if text[-2:] not in {" a", " b"}]
    doubles = len(topics) - len({text[:-2] for text in topics})
    figure(f"divergent states of two replicas in {rounds} interleavings", len(wrong) + doubles, 0)
    assert wrong == []
    assert doubles == 0


async def first_link(asking: Asking) -> None:
    """Make the one link."""
    body = {"user_id": 7, "company_id": 9}
    assert (await asking.desktop("PUT", f"/api/links/{LINK_ID}", body)).status_code == 201
