"""What a company may spend: tokens a day, and calls in a rolling two seconds for each access token."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.pipedrive.company import Company
from app.sandbox.pipedrive.errors import too_many

SEARCH_BURST: Final = 10
WINDOW: Final = timedelta(seconds=2)


@dataclass(slots=True)
class _Calls:
    plain: deque[datetime] = field(default_factory=deque)
    searches: deque[datetime] = field(default_factory=deque)


@dataclass(slots=True)
class _Day:
    day: date
    spent: int = 0


class Budget:
    """Counts always; refuses while `enforced()` says so, or once a day was declared spent by `leave`.

    The day changes at midnight UTC, the server's zone here.
    """

    def __init__(self, clock: Callable[[], datetime], enforced: Callable[[], bool]) -> None:
        self._clock = clock
        self._enforced = enforced
        self._days: dict[int, _Day] = {}
        self._calls: dict[str, _Calls] = {}
        self._strict: set[int] = set()

    def left(self, company: Company) -> int:
        """The tokens left today."""
        return max(0, company.daily_tokens - self._day(company).spent)

    def leave(self, company: Company, tokens: int) -> None:
        """Set how many tokens are left today; from now on this company's budget is enforced."""
        self._day(company).spent = company.daily_tokens - tokens
        self._strict.add(company.company_id)

    def spend(self, company: Company, bearer: str, cost: int, *, search: bool) -> dict[str, str]:
        """Count a call and return its reply's headers; PipedriveError 429 when it goes over."""
        now, day = self._clock(), self._day(company)
        window = self._window(bearer, now, search=search)
        limit = SEARCH_BURST if search else company.burst
        if self._enforced() and len(window) >= limit:
            raise self._over(company, limit, window, now)
        strict = self._enforced() or company.company_id in self._strict
        if strict and day.spent + cost > company.daily_tokens:
            raise self._over(company, limit, window, now)
        day.spent += cost
        window.append(now)
        return self._headers(company, limit, window, now)

    def _over(self, company: Company, limit: int, window: deque[datetime], now: datetime) -> Exception:
        problem = too_many()
        problem.headers.update(self._headers(company, limit, window, now))
        return problem

    def _headers(
        self, company: Company, limit: int, window: deque[datetime], now: datetime
    ) -> dict[str, str]:
        reset = (window[0] + WINDOW - now).total_seconds() if window else WINDOW.total_seconds()
        return {
            "x-ratelimit-limit": str(limit),
            "x-ratelimit-remaining": str(max(0, limit - len(window))),
            "x-ratelimit-reset": str(max(1, round(reset))),
            "x-daily-ratelimit-token-limit": str(company.daily_tokens),
            "x-daily-ratelimit-token-remaining": str(self.left(company)),
        }

    def _day(self, company: Company) -> _Day:
        today = self._clock().date()
        found = self._days.get(company.company_id)
        if found is None or found.day != today:
            found = self._days[company.company_id] = _Day(today)
        return found

    def _window(self, bearer: str, now: datetime, *, search: bool) -> deque[datetime]:
        calls = self._calls.setdefault(bearer, _Calls())
        window = calls.searches if search else calls.plain
        while window and now - window[0] >= WINDOW:
            window.popleft()
        return window
