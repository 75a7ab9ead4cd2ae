"""The account's short lists: outcomes, types, owners, record kinds, labels; asked for once an hour."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final, TypeVar, cast

from app.domain.accounts import AccountId
from app.domain.meetings import RECORD_TYPES, AssociationLabel, MeetingOption, MeetingOptions, RecordType
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache, RecordKind
from app.domain.problems import Problem
from app.domain.records import Owner
from app.services.meetings.active import ActiveAccount
from app.services.meetings.notes import KINDS, LABELS, OPTIONS, OWNERS, TEXTS, Kept, NoteShape
from app.services.turns import Turns

T = TypeVar("T")

FRESH_FOR: Final = timedelta(hours=1)
"""How long a list counts as the present state of affairs."""

_MOST_SEEN: Final = 200
_STANDARD_KINDS: Final = tuple(RecordKind(record_type) for record_type in RECORD_TYPES)


class AccountLists:
    """Each list comes from memory or the cache, and from HubSpot where it is old."""

    def __init__(self, active: ActiveAccount, cache: MeetingCache, clock: Clock) -> None:
        self._active = active
        self._cache = cache
        self._clock = clock
        self._known: dict[tuple[AccountId, str], Kept[Any]] = {}
        self._turns: Turns[tuple[AccountId, str]] = Turns()

    async def recall(self, account_id: AccountId) -> tuple[MeetingOptions, tuple[Owner, ...]]:
        """Options and owners as this computer knows them, empty where it does not. Raises StorageFailed."""
        options = await self._kept(account_id, "options", OPTIONS)
        owners = await self._kept(account_id, "owners", OWNERS)
        seen = await self._seen(account_id)
        return _opened(options.value if options else MeetingOptions(), seen), owners.value if owners else ()

    async def options(self, account_id: AccountId) -> MeetingOptions:
        """Outcomes and types; with open types, the ones seen on meetings are among them. Raises Problem."""
        fetch = self._active.ports().directory.options
        options = await self._fresh(account_id, "options", OPTIONS, fetch)
        return _opened(options, await self._seen(account_id))

    async def owners(self, account_id: AccountId) -> tuple[Owner, ...]:
        """All owners, inactive ones too. Raises Problem."""
        return await self._fresh(account_id, "owners", OWNERS, self._active.crm().records.owners)

    async def kinds(self, account_id: AccountId) -> tuple[RecordKind, ...]:
        """The record types the grant may read; the standard ones where nobody knows."""
        try:
            return await self._fresh(account_id, "kinds", KINDS, self._active.ports().records.kinds)
        except Problem:
            return _STANDARD_KINDS

    async def labels(self, account_id: AccountId, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels between meetings and records of that type; none where nobody knows."""
        directory = self._active.ports().directory
        name = f"labels {record_type}"
        try:
            return await self._fresh(account_id, name, LABELS, lambda: directory.labels(record_type))
        except Problem:
            return ()

    async def note_types(self, account_id: AccountId, activity_types: set[str]) -> None:
        """Remember which activity types meetings carry (at most 200). Raises StorageFailed."""
        seen = await self._seen(account_id)
        new = sorted(activity_types.difference(seen, ("",)))[: _MOST_SEEN - len(seen)]
        if new:
            await self._keep(account_id, "seen types", TEXTS, (*seen, *new))

    async def _seen(self, account_id: AccountId) -> tuple[str, ...]:
        kept = await self._kept(account_id, "seen types", TEXTS)
        return kept.value if kept else ()

    async def _fresh(
        self, account_id: AccountId, name: str, shape: NoteShape[T], fetch: Callable[[], Awaitable[T]]
    ) -> T:
        """The list, asked for where it is old; the old one where that cannot be done or brings no answer."""

        async def ask() -> None:
            await self._keep(account_id, name, shape, await self._active.watch(fetch()))

        kept = await self._kept(account_id, name, shape)
        if kept is None or (self._active.can_be_asked and self._is_old(kept)):
            try:
                await self._turns.share((account_id, name), ask)
            except Problem:
                if (account_id, name) not in self._known:
                    raise
        return cast("Kept[T]", self._known[account_id, name]).value

    def _is_old(self, kept: Kept[T]) -> bool:
        return self._clock.now() - kept.fetched_at >= FRESH_FOR

    async def _kept(self, account_id: AccountId, name: str, shape: NoteShape[T]) -> Kept[T] | None:
        known = self._known.get((account_id, name))
        if known is None:
            known = shape.kept(await self._cache.note(account_id, name))
            if known is not None:
                known = self._known.setdefault((account_id, name), known)
        return known

    async def _keep(self, account_id: AccountId, name: str, shape: NoteShape[T], value: T) -> None:
        kept = self._known[account_id, name] = Kept(value, self._clock.now())
        if self._active.is_still(account_id):
            await self._cache.save_note(account_id, name, shape.text(kept))


def _opened(options: MeetingOptions, seen: tuple[str, ...]) -> MeetingOptions:
    if not options.types_are_open:
        return options
    named = {option.value for option in options.activity_types}
    more = tuple(MeetingOption(one, one) for one in sorted(seen) if one not in named)
    return MeetingOptions(options.outcomes, options.activity_types + more, types_are_open=True)
