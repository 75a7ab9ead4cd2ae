"""Ids are ordered as the decisions are, and pauses grow."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.changes import ChangeId
from app.services.outbox.identifiers import ChangeIds
from app.services.outbox.pacing import Pacing
from tests.fakes.clock import NOW


def test_ids_are_version_7_uuids_that_tell_the_time() -> None:
    made = ChangeIds(random.Random(1)).next(NOW)
    assert UUID(made).version == 7
    assert UUID(made).variant == "specified in RFC 4122"
    assert int(made[:12], 16) == int(NOW.timestamp() * 1000)


def test_ids_grow_in_one_millisecond_and_with_a_clock_that_runs_backwards() -> None:
    ids = ChangeIds(random.Random(1))
    made = [ids.next(NOW - timedelta(seconds=step // 3_000)) for step in range(9_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(UUID(one).version == 7 for one in made)


def test_ids_come_after_every_known_one() -> None:
    ids = ChangeIds(random.Random(1))
    ahead = ChangeIds(random.Random(2)).next(NOW + timedelta(days=1))
    ids.after(ahead)
    ids.after(ChangeId("no uuid"))
    ids.after(ChangeId("0" * 32))
    assert ids.next(NOW) > ahead
    assert ids.next(datetime(9999, 12, 31, tzinfo=UTC)) > ahead


def test_pauses_grow_to_a_minute_then_to_a_quarter_of_an_hour_and_begin_anew() -> None:
    class Longest(random.Random):
        def uniform(self, a: float, b: float) -> float:
            return b

    pacing = Pacing(Longest())
    pauses = [pacing.pause("a") for _ in range(14)]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 900, 900]
    assert pacing.until("b", NOW) == NOW + timedelta(seconds=0.5)
    pacing.forget("a")
    pacing.forget("never seen")
    assert pacing.pause("a") == 0.5


def test_pauses_are_jittered() -> None:
    pacing = Pacing(random.Random(3))
    pauses = [pacing.pause("a") for _ in range(6)]
    assert len(set(pauses)) == 6
    assert all(0 <= pause <= 0.5 * 2**step for step, pause in enumerate(pauses))
