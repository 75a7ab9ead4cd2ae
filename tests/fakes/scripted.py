"""What all fakes of ports share: calls are recorded, may be held, and fail as scripted."""

import asyncio

from app.domain.problems import Problem


class Scripted:
    """Records calls as (method, *arguments); `fail` and `hold` decide how the next ones go."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self._problems: dict[str, list[Problem | None]] = {}
        self._always: dict[str, Problem] = {}
        self._gates: dict[str, asyncio.Event] = {}

    def fail(self, method: str, *problems: Problem | None) -> None:
        """The next calls of the method raise these, one each; None lets a call pass."""
        self._problems.setdefault(method, []).extend(problems)

    def fail_always(self, method: str, problem: Problem | None) -> None:
        """Every call of the method raises this; None ends it."""
        self._always.pop(method, None)
        if problem is not None:
            self._always[method] = problem

    def hold(self, method: str) -> None:
        """Calls of the method wait until it is released."""
        self._gates[method] = asyncio.Event()

    def release(self, method: str) -> None:
        """Held calls go on, later ones do not wait."""
        self._gates.pop(method).set()

    def count(self, method: str) -> int:
        """How often the method was called."""
        return sum(call[0] == method for call in self.calls)

    async def _step(self, method: str, *arguments: object) -> None:
        self.calls.append((method, *arguments))
        if method in self._gates:
            await self._gates[method].wait()
        else:
            await asyncio.sleep(0)
        if method in self._always:
            raise self._always[method]
        planned = self._problems.get(method)
        problem = planned.pop(0) if planned else None
        if problem is not None:
            raise problem
