"""Files on meetings: their names, remembered for reading offline, and addresses that open them."""

from collections.abc import Sequence
from typing import Final

from app.domain.accounts import AccountId
from app.domain.meetings import Attachment, FileId
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache
from app.domain.problems import Problem
from app.services.meetings.active import ActiveAccount
from app.services.meetings.notes import ATTACHMENTS, Kept

_NOTE: Final = "attachments"
_MOST_REMEMBERED: Final = 500


class MeetingFiles:
    """Asks for names once; a file whose name nobody knows is shown by its id."""

    def __init__(self, active: ActiveAccount, cache: MeetingCache, clock: Clock) -> None:
        self._active = active
        self._cache = cache
        self._clock = clock

    async def attachments(self, account_id: AccountId, ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names and sizes, in the order asked for. Raises StorageFailed."""
        kept = ATTACHMENTS.kept(await self._cache.note(account_id, _NOTE))
        known = {one.id: one for one in kept.value} if kept else {}
        missing = tuple(one for one in dict.fromkeys(ids) if one not in known)
        if missing and self._active.can_be_asked:
            fetched = await self._fetched(missing)
            known.update({one.id: one for one in fetched})
            await self._keep(account_id, tuple(known.values()), is_new=bool(fetched))
        return tuple(known.get(one) or Attachment(one, one) for one in ids)

    async def address(self, file_id: FileId) -> str:
        """An address that opens the file for some minutes. Raises Problem."""
        return await self._active.watch(self._active.ports().files.signed_address(file_id))

    async def _fetched(self, ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        try:
            return await self._active.watch(self._active.ports().files.attachments(ids))
        except Problem:
            return ()

    async def _keep(self, account_id: AccountId, files: Sequence[Attachment], *, is_new: bool) -> None:
        if is_new and self._active.is_still(account_id):
            kept = Kept(tuple(files[-_MOST_REMEMBERED:]), self._clock.now())
            await self._cache.save_note(account_id, _NOTE, ATTACHMENTS.text(kept))
