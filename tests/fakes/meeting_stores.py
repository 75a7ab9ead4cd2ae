"""Fakes of what this computer keeps about meetings: cache, spooled files, templates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.domain.accounts import AccountId
from app.domain.meetings import CrmRecord, Meeting, MeetingId, MeetingIndex, MeetingQuery, RecordRef
from app.domain.ports_meetings import TextTemplate
from app.domain.problems import Gone
from app.domain.projection import matches, start_ms
from tests.fakes.scripted import Scripted


class FakeMeetingCache(Scripted):
    """Meetings, records and notes in memory, by account."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[AccountId, dict[MeetingId, Meeting]] = {}
        self.kept_records: dict[AccountId, dict[RecordRef, CrmRecord]] = {}
        self.notes: dict[AccountId, dict[str, str]] = {}

    def put(self, account_id: AccountId, *meetings: Meeting) -> None:
        """Meetings that are there from the start."""
        self.kept.setdefault(account_id, {}).update({meeting.id: meeting for meeting in meetings})

    def wipe(self, account_id: AccountId) -> None:
        """What `AccountStore.wipe` does to the cache."""
        for table in (self.kept, self.kept_records, self.notes):
            table.pop(account_id, None)

    async def index(self, account_id: AccountId, query: MeetingQuery) -> MeetingIndex:
        """Ids and starts of the ones that match."""
        await self._step("index", account_id, query)
        names = {ref: one.name for ref, one in self.kept_records.get(account_id, {}).items()}
        found = [one for one in self.kept.get(account_id, {}).values() if matches(query, one, names)]
        found.sort(key=start_ms, reverse=not query.is_ascending)
        return MeetingIndex(tuple(one.id for one in found), [start_ms(one) for one in found])

    async def meetings(self, account_id: AccountId, ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """The known ones, in the order asked for."""
        await self._step("meetings", account_id, tuple(ids))
        kept = self.kept.get(account_id, {})
        return tuple(kept[one] for one in ids if one in kept)

    async def of_record(self, account_id: AccountId, ref: RecordRef) -> tuple[Meeting, ...]:
        """Known meetings on a record, newest first."""
        await self._step("of_record", account_id, ref)
        found = [one for one in self.kept.get(account_id, {}).values() if ref in one.refs]
        return tuple(sorted(found, key=start_ms, reverse=True))

    async def save(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        """Add or replace, unless what is there is newer; unknown associations leave the known ones."""
        await self._step("save", account_id, tuple(one.id for one in meetings))
        kept = self.kept.setdefault(account_id, {})
        for meeting in meetings:
            before = kept.get(meeting.id)
            if before and before.updated_at and meeting.updated_at and meeting.updated_at < before.updated_at:
                continue
            known = before.associations if before and meeting.associations is None else meeting.associations
            kept[meeting.id] = replace(meeting, associations=known)

    async def remove(self, account_id: AccountId, ids: Sequence[MeetingId]) -> None:
        """Forget these."""
        await self._step("remove", account_id, tuple(ids))
        for one in ids:
            self.kept.get(account_id, {}).pop(one, None)

    def times(self, method: str) -> int:
        """How often the method was called; `count` is the port's own."""
        return super().count(method)

    async def count(self, account_id: AccountId) -> int:  # type: ignore[override]
        """How many are known."""
        await self._step("count", account_id)
        return len(self.kept.get(account_id, {}))

    async def records(self, account_id: AccountId, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """The known ones."""
        await self._step("records", account_id, tuple(refs))
        kept = self.kept_records.get(account_id, {})
        return tuple(kept[ref] for ref in refs if ref in kept)

    async def save_records(
        self, account_id: AccountId, records: Sequence[CrmRecord], fetched_at: datetime
    ) -> None:
        """Add or replace; a pin nobody has looked for leaves the known one."""
        await self._step("save_records", account_id, tuple(one.ref for one in records), fetched_at)
        kept = self.kept_records.setdefault(account_id, {})
        for record in records:
            before = kept.get(record.ref)
            pinned = before.pinned if before and record.pinned is None else record.pinned
            kept[record.ref] = replace(record, pinned=pinned)

    async def note(self, account_id: AccountId, name: str) -> str | None:
        """A note."""
        await self._step("note", account_id, name)
        return self.notes.get(account_id, {}).get(name)

    async def save_note(self, account_id: AccountId, name: str, text: str | None) -> None:
        """Keep or forget it."""
        await self._step("save_note", account_id, name, text)
        if text is None:
            self.notes.get(account_id, {}).pop(name, None)
        else:
            self.notes.setdefault(account_id, {})[name] = text


class FakeSpool(Scripted):
    """Copies by name; `missing` paths cannot be taken."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Path] = {}
        self.missing: set[Path] = set()
        self.taken = 0

    async def take(self, path: Path) -> tuple[str, int]:
        """Copy it in; every file has 10 bytes."""
        await self._step("take", path)
        if path in self.missing:
            raise Gone(path.name)
        self.taken += 1
        name = f"spooled-{self.taken}"
        self.kept[name] = path
        return name, 10

    def path(self, spooled: str) -> Path:
        """Where it lies."""
        return Path("spool") / spooled

    async def remove(self, spooled: Sequence[str]) -> None:
        """Delete the ones that are there."""
        await self._step("remove", tuple(spooled))
        for name in spooled:
            self.kept.pop(name, None)

    async def keep_only(self, spooled: Sequence[str]) -> None:
        """Delete the others."""
        await self._step("keep_only", tuple(spooled))
        self.kept = {name: path for name, path in self.kept.items() if name in spooled}


class FakeTemplateStore(Scripted):
    """Templates in memory, by account."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[AccountId, dict[str, TextTemplate]] = {}

    async def templates(self, account_id: AccountId) -> tuple[TextTemplate, ...]:
        """All of them by name."""
        await self._step("templates", account_id)
        return tuple(sorted(self.kept.get(account_id, {}).values(), key=lambda one: one.name))

    async def save(self, account_id: AccountId, template: TextTemplate) -> None:
        """Add or replace."""
        await self._step("save", account_id, template.id)
        self.kept.setdefault(account_id, {})[template.id] = template

    async def remove(self, account_id: AccountId, template_id: str) -> None:
        """Forget it."""
        await self._step("remove", account_id, template_id)
        self.kept.get(account_id, {}).pop(template_id, None)
