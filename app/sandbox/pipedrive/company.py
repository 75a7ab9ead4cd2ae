"""One Pipedrive company: its users, and the tables that hold its records in the API's own shape."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

Record = dict[str, Any]


class LinkRedirect(StrEnum):
    """Where the answer to a new provider link has its redirect address: prose and samples disagree."""

    NONE = "none"
    DATA = "data.redirectUrl"
    SNAKE = "data.redirect_url"
    TOP = "redirectUrl"
    FOREIGN = "foreign"


def instant(moment: datetime) -> str:
    """Write a v2 instant: `2026-11-20T09:00:00Z`, whole seconds."""
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def stamp(moment: datetime) -> str:
    """Write a v1 instant: `2026-11-20 09:00:00`, UTC."""
    return instant(moment)[:19].replace("T", " ")


@dataclass(frozen=True, slots=True)
class PipedriveUser:
    """One user; `zone` is an IANA name, `locale` such as `de_DE`."""

    user_id: int
    name: str
    email: str
    zone: str
    locale: str = "en_US"
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """A user provider link: `uuid` as its maker wrote it in lower case."""

    uuid: str
    user_id: int
    client_id: str
    made_at: datetime


@dataclass(slots=True)
class Table:
    """Records by id, in the order of their making."""

    first_id: int = 1
    rows: dict[int | str, Record] = field(default_factory=dict)
    _numbers: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(self.first_id)

    def add(self, record: Record) -> Record:
        """Give a record the next id and keep it."""
        number = next(self._numbers)
        record = {"id": number, **record}
        self.rows[number] = record
        return record

    def get(self, key: int | str | None) -> Record | None:
        """Return a record by id."""
        return None if key is None else self.rows.get(key)

    def all(self) -> list[Record]:
        """Return every record, oldest first."""
        return list(self.rows.values())


@dataclass(slots=True)
class Company:
    """A company with its data; `clock` returns aware UTC instants.

    `multiplier` is the plan's (Lite 1 … Ultimate 7), `open` is false once a trial has ended unpaid,
    `redirect` is how a new link's answer names where to send the browser.
    """

    company_id: int
    name: str
    domain: str
    country: str
    currency: str
    users: tuple[PipedriveUser, ...]
    clock: Callable[[], datetime]
    multiplier: int = 1
    burst: int = 80
    open: bool = True
    redirect: LinkRedirect = LinkRedirect.NONE
    persons: Table = field(default_factory=lambda: Table(6001))
    organizations: Table = field(default_factory=lambda: Table(801))
    deals: Table = field(default_factory=lambda: Table(301))
    activities: Table = field(default_factory=lambda: Table(9001))
    notes: Table = field(default_factory=lambda: Table(4001))
    leads: dict[str, Record] = field(default_factory=dict)
    comments: dict[str, Record] = field(default_factory=dict)
    activity_types: list[Record] = field(default_factory=list)
    links: dict[str, ProviderLink] = field(default_factory=dict)

    @property
    def daily_tokens(self) -> int:
        """The tokens of a day: 30,000 for each seat, times the plan's multiplier."""
        return 30_000 * self.multiplier * len(self.users)

    def user(self, user_id: int) -> PipedriveUser | None:
        """Return a user by id."""
        return next((user for user in self.users if user.user_id == user_id), None)
