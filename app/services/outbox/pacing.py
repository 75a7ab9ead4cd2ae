"""How long to wait after a failure that may pass: growing pauses with full jitter."""

import random
from datetime import datetime, timedelta
from typing import Final

_BASE: Final = 0.5
_CAP: Final = 60.0
_PATIENT_AFTER: Final = 12
"""Failures after which pauses may grow beyond a minute."""
_PATIENT_CAP: Final = 900.0
_MOST_DOUBLINGS: Final = 12


class Pacing:
    """Counts the failures under each key (a change's id) since its last success; a restart begins anew."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures: dict[str, int] = {}

    def pause(self, key: str) -> float:
        """Seconds to wait after one more failure: up to a minute, after twelve in a row up to 15 minutes."""
        failures = self._failures.get(key, 0)
        self._failures[key] = failures + 1
        cap = _CAP if failures < _PATIENT_AFTER else _PATIENT_CAP
        return self._rng.uniform(0, min(_BASE * 2 ** min(failures, _MOST_DOUBLINGS), cap))

    def until(self, key: str, now: datetime) -> datetime:
        """When to try again after one more failure at `now` (both UTC)."""
        return now + timedelta(seconds=self.pause(key))

    def forget(self, key: str) -> None:
        """It has gone well, or the rep wants it at once."""
        self._failures.pop(key, None)
