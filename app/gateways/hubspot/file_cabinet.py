"""Files of an account: upload, names, and addresses to open them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from app.api.addresses import is_loopback
from app.api.errors import Forbidden, NotFound
from app.api.hubspot.files import FilesClient, Upload
from app.domain.meetings import Attachment, FileId
from app.domain.problems import Gone, ServiceBroken
from app.gateways.hubspot.together import together
from app.gateways.problems import Calls

_FILE: Final = "file"
_OPENS_FOR_S: Final = 900


class HubSpotFilesGateway:
    """Fulfils `FileCabinet`."""

    def __init__(self, files: FilesClient, calls: Calls) -> None:
        self._files = files
        self._calls = calls

    async def upload(
        self, path: Path, name: str, *, folder: str, on_progress: Callable[[int, int], None]
    ) -> FileId:
        """Upload privately. Raises Problem: Rejected with HubSpot's sentence, Gone without the local file."""
        with self._calls.writing(_FILE):
            wanted = Upload(path=path, file_name=name, folder_path=folder)
            return FileId(str((await self._files.upload(wanted, progress=on_progress)).id))

    async def attachments(self, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names and sizes; a file that is gone or hidden has its id as its name. Raises Problem."""
        with self._calls.reading(_FILE):
            return await together(self._attachment(each) for each in dict.fromkeys(file_ids))

    async def signed_address(self, file_id: FileId) -> str:
        """An address that opens the file for a quarter of an hour. Raises Problem."""
        if not file_id:
            raise Gone(_FILE)
        with self._calls.reading(_FILE):
            url = (await self._files.signed_url(file_id, seconds=_OPENS_FOR_S)).url
        if not _is_safe(url):
            raise ServiceBroken(None)
        return url

    async def _attachment(self, file_id: FileId) -> Attachment:
        try:
            found = await self._files.read(file_id)
        except (NotFound, Forbidden):
            return Attachment(file_id, str(file_id))
        return Attachment(file_id, found.full_name or str(file_id), found.size)


def _is_safe(url: str) -> bool:
    """https, or http on this computer (the practice world)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
