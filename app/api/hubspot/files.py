"""Files of the account: upload, what is known of one, and an address to open it (reference section 10)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.api.addresses import segment
from app.api.decoding import Decoder, WireId
from app.api.hubspot.instants import WireInstant, instant_of
from app.api.request import get, upload
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.upload import FileForm, Progress, measured
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

_OPTIONS: Final = {
    "access": "PRIVATE",
    "duplicateValidationStrategy": "RETURN_EXISTING",
    "duplicateValidationScope": "EXACT_FOLDER",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on this computer; `folder_path` such as `/Slotdesk` is made where it is missing."""

    path: Path
    file_name: str
    folder_path: str


class FilePayload(msgspec.Struct, frozen=True, rename="camel"):
    """`File`; `size` in bytes, `url` opens only public files, `name` comes without the extension."""

    id: WireId
    name: str = ""
    extension: str = ""
    type: str = ""
    size: int | None = None
    url: str | None = None
    access: str = ""
    archived: bool = False
    created_at: WireInstant = None

    @property
    def full_name(self) -> str:
        """The name with its extension."""
        return (
            f"{self.name}.{self.extension}" if self.name and self.extension else self.name or self.extension
        )


class SignedUrlPayload(msgspec.Struct, frozen=True, rename="camel"):
    """An address that opens a private file until `expires`."""

    url: str
    expires_at: WireInstant = None
    name: str = ""
    extension: str = ""
    type: str = ""
    size: int | None = None

    @property
    def expires(self) -> datetime | None:
        """The UTC instant after which it opens nothing."""
        return instant_of(self.expires_at)


_FILES: Final = Decoder(FilePayload)
_ADDRESSES: Final = Decoder(SignedUrlPayload)


class FilesClient:
    """The files of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = paths.files

    async def upload(self, wanted: Upload, *, progress: Progress | None = None) -> FilePayload:
        """Send a file as PRIVATE; cancel the task to stop it. SourceFailed when it cannot be read.

        The same bytes in the same folder give back the file that is there, so that a lost answer does no
        harm. How large a file may be depends on the account: Invalid holds HubSpot's sentence.
        """
        size, kind = await measured(wanted.path, wanted.file_name)
        form = FileForm(
            path=wanted.path,
            size=size,
            file_name=wanted.file_name,
            fields={
                "fileName": wanted.file_name,
                "folderPath": wanted.folder_path,
                "options": msgspec.json.encode(_OPTIONS).decode(),
            },
            kind=kind,
            progress=progress,
        )
        request = upload(self._path, form, request_class=RequestClass.IDEMPOTENT)
        return (await self._session.fetch(request, _FILES)).value

    async def read(self, file_id: str, *, urgency: Urgency = Urgency.USER) -> FilePayload:
        """What is known of a file."""
        request = get(f"{self._path}/{segment(file_id)}", urgency=urgency)
        return (await self._session.fetch(request, _FILES)).value

    async def signed_url(self, file_id: str, *, seconds: int = 900) -> SignedUrlPayload:
        """An address that opens the file for `seconds`."""
        path = f"{self._path}/{segment(file_id)}/signed-url"
        request = get(path, query=(("expirationSeconds", str(seconds)),))
        return (await self._session.fetch(request, _ADDRESSES)).value
