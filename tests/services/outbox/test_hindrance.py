"""What keeps everything from being sent."""

from datetime import timedelta

import pytest

from app.domain.problems import Offline, Problem, SignInNeeded, SlowDown, StorageFailed, StorageTrouble
from app.services.accounts import AccountsState
from app.services.connectivity import OfflineSince, Online, PausedUntil
from app.services.outbox.hindrance import Hindrance, hindrance, steady
from tests.fakes.clock import NOW
from tests.fakes.samples import sample_account
from tests.services.outbox.office import FULL

ME = sample_account()
HERE = AccountsState(accounts=(ME,), active=ME)
LATER = NOW + timedelta(seconds=5)


def test_the_weightiest_reason_is_told() -> None:
    full = Hindrance(FULL, LATER)
    nobody = hindrance(AccountsState(), Online(), full, now=NOW)
    assert nobody
    assert isinstance(nobody.problem, SignInNeeded)
    lost = AccountsState(accounts=(ME,), active=ME, lost=frozenset({ME.id}))
    away = hindrance(lost, OfflineSince(NOW), full, now=NOW)
    assert away
    assert isinstance(away.problem, SignInNeeded)
    assert away.problem.account_id == ME.id
    offline = hindrance(HERE, OfflineSince(NOW), full, now=NOW)
    assert offline
    assert isinstance(offline.problem, Offline)
    paused = hindrance(HERE, PausedUntil(LATER), full, now=NOW)
    assert paused
    assert (type(paused.problem), paused.until) == (SlowDown, LATER)
    assert hindrance(HERE, PausedUntil(NOW), full, now=NOW) == full
    assert hindrance(HERE, Online(), None, now=NOW) is None


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        (SignInNeeded("a"), SignInNeeded("a"), SignInNeeded("b")),
        (Offline(), Offline(), SignInNeeded("")),
        (SlowDown(NOW), SlowDown(NOW), SlowDown(LATER)),
        (FULL, StorageFailed(StorageTrouble.FULL, "outbox.db"), StorageFailed(StorageTrouble.FULL, "x")),
    ],
)
def test_a_reason_that_lasts_stays_the_same_object(one: Problem, same: Problem, other: Problem) -> None:
    assert steady(one, same) is one
    assert steady(one, other) is other
    assert steady(None, one) is one
    assert steady(one, None) is None
