"""What the meeting services need from the outside world; as in `app.domain.ports`, only Problem is raised."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.accounts import AccountId
from app.domain.changes import ChangeId, LogMeeting, PendingChange, ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    Attachment,
    CrmRecord,
    FieldEdit,
    FileId,
    Meeting,
    MeetingId,
    MeetingIndex,
    MeetingOptions,
    MeetingQuery,
    RecordRef,
    RecordType,
)
from app.domain.problems import Problem
from app.domain.records import OwnerId


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A part of a walk through meetings; `skipped` rows could not be read, `total` counts all where known."""

    meetings: tuple[Meeting, ...]
    total: int | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch: the meetings as they are now, and why the others failed."""

    done: tuple[Meeting, ...] = ()
    failed: Mapping[MeetingId, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A record type a meeting may stand on: its id and, for custom objects, HubSpot's names for it."""

    type: RecordType
    singular: str = ""
    plural: str = ""


class MeetingDirectory(Protocol):
    """Reading the meetings of one account."""

    def all(self) -> AsyncIterator[MeetingPage]:
        """Every meeting with its associations (no labels), in HubSpot's order; no limit of 10,000."""
        ...

    def between(
        self, earliest: datetime, latest: datetime, *, owner_id: OwnerId | None = None
    ) -> AsyncIterator[MeetingPage]:
        """Meetings that start in a range (ends included), without associations; split below 10,000."""
        ...

    def changed_since(self, instant: datetime) -> AsyncIterator[MeetingPage]:
        """Meetings with properties changed at or after `instant`, oldest first, without associations."""
        ...

    async def count(self) -> int:
        """How many meetings a search reports."""
        ...

    async def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One meeting with associations and labels, as it is now. Raises Gone."""
        ...

    async def meetings(self, meeting_ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """Several without associations; the ones that do not exist (any more) are left out."""
        ...

    async def associations(
        self, meeting_ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, tuple[Association, ...]]:
        """The records of several meetings, of every type the grant may read; not delayed by the index."""
        ...

    async def meetings_of(self, ref: RecordRef) -> tuple[Meeting, ...]:
        """The newest (at most 100) meetings on a record, without associations; not delayed by the index."""
        ...

    async def find(self, mark: str, sent: LogMeeting | ScheduleMeeting) -> Meeting | None:
        """The meeting with `mark` in its notes: looked for on the records it was sent with, then by start."""
        ...

    async def options(self) -> MeetingOptions:
        """The account's outcomes and activity types."""
        ...

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels from meetings to records of this type, the unlabelled one first."""
        ...


class MeetingWriter(Protocol):
    """Changing meetings of one account. `log` and `schedule` raise Unknown when their answer was lost."""

    async def log(self, change: LogMeeting, *, mark: str) -> Meeting:
        """Create it with `mark` in its notes (a line the mapping hides again); sent at most once."""
        ...

    async def schedule(self, change: ScheduleMeeting, *, mark: str) -> MeetingId | None:
        """Put it into the calendar; the meeting's id where HubSpot names it; sent at most once."""
        ...

    async def edit(self, meeting_id: MeetingId, edits: Sequence[FieldEdit]) -> Meeting:
        """Set the `after` of each edit; a start sets `hs_timestamp` too, an empty text clears."""
        ...

    async def edit_many(self, edits: Mapping[MeetingId, Sequence[FieldEdit]]) -> BatchResult:
        """The same for many, a hundred a call; failures row by row."""
        ...

    async def delete_many(self, meeting_ids: Sequence[MeetingId]) -> None:
        """Into the recycle bin, a hundred a call; ones that are there already are fine."""
        ...

    async def link(self, meeting_id: MeetingId, association: Association) -> tuple[Association, ...]:
        """Put it on the record and say on which records it stands now (read again, with labels)."""
        ...

    async def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> tuple[Association, ...]:
        """Take it off the record and say on which records it stands now."""
        ...

    async def pin(self, ref: RecordRef, meeting_id: MeetingId | None) -> None:
        """Pin the meeting on the record, or take away whatever is pinned (None)."""
        ...

    async def attach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Add the file to the ones the meeting has now."""
        ...

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Take the file from the ones the meeting has now."""
        ...


class FileCabinet(Protocol):
    """Files of one account."""

    async def upload(
        self, path: Path, name: str, *, folder: str, on_progress: Callable[[int, int], None]
    ) -> FileId:
        """Upload privately; `on_progress` gets bytes sent and bytes in all. Again with the same folder and
        name it returns the file that is there. Cancelling ends it. Raises Rejected, Gone (no local file).
        """
        ...

    async def attachments(self, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names and sizes; a file that is gone has its id as its name."""
        ...

    async def signed_address(self, file_id: FileId) -> str:
        """An https address (loopback http in the practice world) that opens the file for some minutes."""
        ...


class RecordFinder(Protocol):
    """Records of every type for one account."""

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The record types the grant may read: the four standard ones, then custom objects."""
        ...

    async def search(self, record_type: RecordType, text: str, *, limit: int) -> tuple[CrmRecord, ...]:
        """Records that match free text, best first."""
        ...

    async def records(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """Names, details, owners and pins; records that do not exist are left out."""
        ...

    async def related(self, ref: RecordRef) -> tuple[CrmRecord, ...]:
        """For a contact its companies, deals and tickets; for the others their contacts and companies."""
        ...


@dataclass(frozen=True, slots=True)
class MeetingPorts:
    """Everything about meetings that one signed-in account can be asked for."""

    directory: MeetingDirectory
    writer: MeetingWriter
    files: FileCabinet
    records: RecordFinder


class OutboxStore(Protocol):
    """Changes on their way, durably; each call is one transaction."""

    async def open_rows(self, account_id: AccountId) -> tuple[PendingChange, ...]:
        """Everything that is not done, in the order of ids; rows that cannot be read are left out."""
        ...

    async def unreadable(self, account_id: AccountId) -> int:
        """How many rows that are not done cannot be read (damaged, or another version's); they are kept."""
        ...

    async def recover(self, account_id: AccountId) -> None:
        """Turn every `sending` and `verifying` into `unknown`; called at each start."""
        ...

    async def write(
        self,
        rows: Sequence[PendingChange],
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """Add or replace rows, remove others, forget drafts and note which local meeting became which.

        Drafts and identities belong to the account of the rows, or of the removed ones where there are none.
        """
        ...

    async def identities(self, account_id: AccountId) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id by local id."""
        ...

    async def history(self, account_id: AccountId, *, limit: int) -> tuple[PendingChange, ...]:
        """Done rows, newest first."""
        ...

    async def forget_done(self, account_id: AccountId, before: datetime) -> None:
        """Remove rows done before this instant, and identities nobody needs any more."""
        ...


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A template for title and notes; its placeholders stand in braces, see `app.domain.templates`."""

    id: str
    name: str
    title: str = ""
    body: str = ""
    notes: str = ""


class TemplateStore(Protocol):
    """The rep's templates, durably."""

    async def templates(self, account_id: AccountId) -> tuple[TextTemplate, ...]:
        """All of them by name."""
        ...

    async def save(self, account_id: AccountId, template: TextTemplate) -> None:
        """Add or replace."""
        ...

    async def remove(self, account_id: AccountId, template_id: str) -> None:
        """Forget it."""
        ...


class Spool(Protocol):
    """Copies of files that wait for their upload, so that moving the original loses nothing."""

    async def take(self, path: Path) -> tuple[str, int]:
        """Copy the file in; its name in the spool and its size in bytes. Raises StorageFailed, Gone."""
        ...

    def path(self, spooled: str) -> Path:
        """Where a spooled file lies."""
        ...

    async def remove(self, spooled: Sequence[str]) -> None:
        """Delete them; no error for the ones that are not there."""
        ...

    async def keep_only(self, spooled: Sequence[str]) -> None:
        """Delete everything else (left over by a crash)."""
        ...


class MeetingCache(Protocol):
    """Last-known meetings, records and options of every account; disposable."""

    async def index(self, account_id: AccountId, query: MeetingQuery) -> MeetingIndex:
        """Ids and starts of the meetings that match; 100,000 rows in well under 100 ms."""
        ...

    async def meetings(self, account_id: AccountId, ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """The known ones of these, in the order asked for."""
        ...

    async def of_record(self, account_id: AccountId, ref: RecordRef) -> tuple[Meeting, ...]:
        """Known meetings on a record, newest first."""
        ...

    async def save(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        """Add or replace; an older `updated_at` never replaces a newer one, and associations that are None
        leave the known ones."""
        ...

    async def remove(self, account_id: AccountId, ids: Sequence[MeetingId]) -> None:
        """Forget these."""
        ...

    async def count(self, account_id: AccountId) -> int:
        """How many are known."""
        ...

    async def records(self, account_id: AccountId, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """The known ones of these."""
        ...

    async def save_records(
        self, account_id: AccountId, records: Sequence[CrmRecord], fetched_at: datetime
    ) -> None:
        """Add or replace; a None `pinned` leaves the known one."""
        ...

    async def note(self, account_id: AccountId, name: str) -> str | None:
        """A small text kept beside the meetings (how far a sync got, the options), or None."""
        ...

    async def save_note(self, account_id: AccountId, name: str, text: str | None) -> None:
        """Keep or forget it."""
        ...
