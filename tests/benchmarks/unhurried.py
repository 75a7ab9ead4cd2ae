"""No limits of our own, for benchmarks against a sandbox that enforces none."""

from collections.abc import Mapping

import app.gateways.connections as connections
from app.api.pacing import FlightGate, Rate
from app.api.throttle import CallKind, Throttle

NO_LIMITS = {kind: Rate(limit=1_000_000, seconds=1.0) for kind in CallKind}


class UnlimitedThrottle(Throttle):
    """Keeps to eight in flight, and to nothing else."""

    def __init__(self, flights: FlightGate, **_: object) -> None:
        super().__init__(flights, rates=NO_LIMITS)

    def note_headers(self, headers: Mapping[str, str]) -> None:
        """Whatever is left of the account's limit, go on."""


def lift_limits() -> None:
    """Let every connection that is made from now on send as fast as it can."""
    vars(connections)["Throttle"] = UnlimitedThrottle
