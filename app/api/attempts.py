"""Repeats a call for as long as the rules allow, and tells the truth about it in the end."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.api.errors import ApiError
from app.api.retry import RequestClass, RetryBudget, verdict
from app.api.rules import CallRules

T = TypeVar("T")


async def persist(
    attempt: Callable[[], Awaitable[T]],
    *,
    request_class: RequestClass,
    rules: CallRules,
    patience: float,
    budget: RetryBudget,
) -> T:
    """The first result of `attempt`; waits of more than `patience` seconds are not sat out.

    Raises the ApiError that describes all tries together.
    """
    budget.note_call()
    problems: list[ApiError] = []
    while True:
        try:
            return await attempt()
        except ApiError as error:
            problems.append(error)
        wait = rules.retry.wait(
            problems[-1], request_class, failures=len(problems), randomness=rules.randomness
        )
        if wait is None or wait > patience or not budget.take():
            raise verdict(problems, request_class)
        await rules.clock.sleep_until(rules.clock.monotonic() + wait)
