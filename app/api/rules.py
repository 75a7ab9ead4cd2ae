"""Everything about an account's calls that a test may want to choose, in one value."""

from dataclasses import dataclass, field

from app.api.clock import Clock
from app.api.exchange import Limits
from app.api.retry import Randomness, RetryPolicy, new_randomness
from app.api.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Patience:
    """The longest pause in seconds that a call sits out by itself; a longer one is raised as an error."""

    user: float = 12.0
    background: float = 60.0

    def of(self, urgency: Urgency) -> float:
        """The patience of calls of this urgency."""
        return self.user if urgency is Urgency.USER else self.background


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRules:
    """Retries, limits, patience, and the sources of chance and time."""

    retry: RetryPolicy = field(default_factory=RetryPolicy)
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    randomness: Randomness = field(default_factory=new_randomness)
    clock: Clock = field(default_factory=Clock)
