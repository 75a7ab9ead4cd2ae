"""Scripted trouble: which requests go wrong, how, and how often; decided by a seed, never by chance alone."""

import itertools
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any, Final

from app.sandbox.errors import validation_error


class FaultKind(StrEnum):
    """What goes wrong. Kinds marked "after" happen once the request has taken effect."""

    LATENCY = "latency"
    ROW_REFUSED = "row_refused"  # one row of a batch; the others take effect
    UNAUTHORIZED = "unauthorized"
    EXPIRED = "expired"
    MISSING_SCOPE = "missing_scope"
    CONFLICT = "conflict"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"  # after
    TRUNCATED_JSON = "truncated_json"  # after
    GARBAGE_JSON = "garbage_json"  # after
    WRONG_CONTENT_TYPE = "wrong_content_type"  # after
    HUGE_BODY = "huge_body"  # after


class RetryAfter(StrEnum):
    """How a 429 or 503 tells when to come back."""

    NONE = "none"
    SECONDS = "seconds"
    DATE = "date"


AFTER_KINDS: Final = frozenset(
    {
        FaultKind.RESET_AFTER,
        FaultKind.TRUNCATED_JSON,
        FaultKind.GARBAGE_JSON,
        FaultKind.WRONG_CONTENT_TYPE,
        FaultKind.HUGE_BODY,
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One piece of trouble.

    `method` is a method or `*`; `path` a shell pattern over the decoded path (`/crm/*/contacts*`). It starts
    with the `nth` matching request (1 is the first) and strikes `times` of them (None: for ever), each with
    `probability`. `applied` lets the request take effect before a refusal of the kinds that refuse. `status`
    is for server_error (500, 502, 503, 504 …), `seconds` is the latency or the value behind `retry_after`,
    `policy` the 429's policyName, `scopes` what a missing_scope names, `size` the bytes of a huge body, `row`
    the row of a batch that row_refused refuses (1 is the first).
    """

    kind: FaultKind
    method: str = "*"
    path: str = "*"
    nth: int = 1
    times: int | None = 1
    probability: float = 1.0
    applied: bool = False
    status: int = 500
    seconds: float = 1.0
    retry_after: RetryAfter = RetryAfter.NONE
    policy: str = "TEN_SECONDLY_ROLLING"
    scopes: tuple[str, ...] = ("crm.objects.contacts.write",)
    size: int = 12 * 1024 * 1024
    row: int = 1

    @property
    def happens_after(self) -> bool:
        """Say whether the request takes effect before the trouble."""
        return self.applied or self.kind in AFTER_KINDS


@dataclass(slots=True)
class _Armed:
    fault: Fault
    number: int
    seen: int = 0
    struck: int = 0
    dice: random.Random = field(default_factory=random.Random)


class FaultScript:
    """The faults in force; safe to change from any thread while requests arrive."""

    def __init__(self, *, seed: int = 0) -> None:
        self._seed = seed
        self._armed: list[_Armed] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> int:
        """Put a fault in force and return its number; the same seed and order strike the same requests."""
        with self._lock:
            number = next(self._numbers)
            dice = random.Random(f"{self._seed}:{number}")
            self._armed.append(_Armed(fault, number, dice=dice))
            return number

    def remove(self, number: int) -> bool:
        """Take one fault out of force; False when it is not there."""
        with self._lock:
            before = len(self._armed)
            self._armed = [armed for armed in self._armed if armed.number != number]
            return len(self._armed) < before

    def clear(self) -> None:
        """Take every fault out of force."""
        with self._lock:
            self._armed.clear()

    def rows(self) -> list[dict[str, Any]]:
        """Return the faults in force with what they have seen and struck."""
        with self._lock:
            return [
                {
                    "id": armed.number,
                    "kind": armed.fault.kind,
                    "method": armed.fault.method,
                    "path": armed.fault.path,
                    "seen": armed.seen,
                    "struck": armed.struck,
                }
                for armed in self._armed
            ]

    def strike(self, method: str, path: str) -> list[Fault]:
        """Return the faults that hit this request: every latency, and at most one other, oldest first."""
        hit: list[Fault] = []
        with self._lock:
            for armed in self._armed:
                taken = any(fault.kind is not FaultKind.LATENCY for fault in hit)
                if self._strikes(armed, method, path, taken):
                    hit.append(armed.fault)
        return hit

    @staticmethod
    def _strikes(armed: _Armed, method: str, path: str, taken: bool) -> bool:
        fault = armed.fault
        if fault.method not in ("*", method) or not fnmatchcase(path, fault.path):
            return False
        armed.seen += 1
        if armed.seen < fault.nth or (fault.times is not None and armed.struck >= fault.times):
            return False
        if armed.dice.random() >= fault.probability or (taken and fault.kind is not FaultKind.LATENCY):
            return False
        armed.struck += 1
        return True


_BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "nth": (1, 1_000_000),
    "times": (1, 1_000_000),
    "status": (400, 599),
    "size": (1, 200 * 1024 * 1024),
    "row": (1, 2000),
}
_FRACTION_BOUNDS: Final[dict[str, tuple[float, float]]] = {"probability": (0, 1), "seconds": (0, 86_400)}


def parse_fault(data: Mapping[str, Any]) -> Fault:
    """Read a fault from the JSON of `POST /__sandbox__/faults`; HubSpotError 400 when it is not one."""
    unknown = sorted(set(data) - set(Fault.__slots__))
    if unknown:
        raise validation_error(f"A fault has no field named {', '.join(unknown)}.")
    values: dict[str, Any] = {}
    for name, value in data.items():
        values[name] = _field(name, value)
    if "kind" not in values:
        raise validation_error(f"A fault needs a kind: one of {', '.join(FaultKind)}.")
    return Fault(**values)


def _field(name: str, value: Any) -> Any:
    if name in ("kind", "retry_after"):
        return _choice(name, value)
    if name == "times" and value is None:
        return None
    if name == "applied" and isinstance(value, bool):
        return value
    if name == "scopes" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if name in ("method", "path", "policy") and isinstance(value, str) and value:
        return value.upper() if name == "method" else value
    if _is_in_bounds(name, value):
        return value
    raise validation_error(f"The fault's {name} is not valid.", context={name: [str(value)]})


def _is_in_bounds(name: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if name in _FRACTION_BOUNDS:
        low, high = _FRACTION_BOUNDS[name]
        return low <= value <= high
    least, most = _BOUNDS.get(name, (1, 0))
    return isinstance(value, int) and least <= value <= most


def _choice(name: str, value: Any) -> FaultKind | RetryAfter:
    choices: type[FaultKind] | type[RetryAfter] = FaultKind if name == "kind" else RetryAfter
    if value not in list(choices):
        raise validation_error(f"The fault's {name} must be one of {', '.join(choices)}.")
    return choices(value)
