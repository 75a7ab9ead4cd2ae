"""What is known about something that has to be fetched: nothing yet, on its way, here, or failed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from app.domain.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody asked for it yet."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The first answer is awaited; show a skeleton."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """The value as of `at` (UTC instant); `refreshing` while a newer one is being fetched behind it."""

    value: T
    at: datetime
    refreshing: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """There is nothing to show; `problem` says why."""

    problem: Problem


Loadable: TypeAlias = Idle | Loading | Loaded[T] | Failed


def value_of(loadable: Loadable[T]) -> T | None:
    """The value when there is one, else None."""
    return loadable.value if isinstance(loadable, Loaded) else None
