"""The files of one account: their bytes, folders, and addresses that are valid for a while."""

import hashlib
import hmac
import itertools
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

_FIRST_FILE: Final = 174_000_000_011
_FIRST_FOLDER: Final = 173_000_000_003
_KINDS: Final = {
    "IMG": {"png", "jpg", "jpeg", "gif", "webp", "svg"},
    "DOCUMENT": {"pdf", "doc", "docx", "txt", "csv", "xls", "xlsx", "ppt", "pptx", "md", "ics"},
    "AUDIO": {"mp3", "wav", "ogg", "m4a"},
    "MOVIE": {"mp4", "mov", "webm", "avi"},
}


@dataclass(slots=True)
class StoredFile:
    """One file; `name` is without the extension, instants are aware UTC."""

    id: str
    name: str
    extension: str
    folder_id: str
    folder_path: str
    access: str
    content: bytes
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None = None
    md5: str = field(init=False)

    def __post_init__(self) -> None:
        self.md5 = hashlib.md5(self.content, usedforsecurity=False).hexdigest()

    @property
    def kind(self) -> str:
        """IMG, DOCUMENT, AUDIO, MOVIE or OTHER."""
        return next((kind for kind, names in _KINDS.items() if self.extension.lower() in names), "OTHER")

    def has_expired(self, now: datetime) -> bool:
        """Say whether the file's life is over."""
        return self.expires_at is not None and self.expires_at <= now

    @property
    def path(self) -> str:
        """The folder path and the name, without the extension, as HubSpot gives it."""
        return f"{self.folder_path}/{self.name}"

    @property
    def full_name(self) -> str:
        """The name with its extension."""
        return f"{self.name}.{self.extension}" if self.extension else self.name


class FileCabinet:
    """Keeps files by id; signatures are valid for this run only."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._folders: dict[str, str] = {}
        self._numbers = itertools.count(_FIRST_FILE, 13)
        self._folder_numbers = itertools.count(_FIRST_FOLDER, 13)
        self._key = secrets.token_bytes(32)

    def add(
        self,
        file_name: str,
        content: bytes,
        *,
        folder_path: str,
        access: str,
        now: datetime,
        expires_at: datetime | None = None,
        overwrite: bool = False,
    ) -> StoredFile:
        """Store a file and return it; `overwrite` deletes the file of that name in the folder.

        Otherwise a name that is taken in the folder gets a number (`notes-1.txt`).
        """
        name = PurePosixPath(file_name.replace("\\", "/")).name or "file"
        stem, dot, extension = name.rpartition(".")
        path = f"/{folder_path.strip('/')}"
        new = StoredFile(
            id=str(next(self._numbers)),
            name=stem if dot and stem else name,
            extension=extension if dot and stem else "",
            folder_id=self.folder_id(path),
            folder_path=path,
            access=access,
            content=content,
            created_at=now,
            updated_at=now,
            expires_at=expires_at,
        )
        old = self._in_place_of(new)
        if overwrite and old is not None:
            del self._files[old.id]
        stem, turn = new.name, itertools.count(1)
        while self._in_place_of(new) is not None:
            new.name = f"{stem}-{next(turn)}"
        self._files[new.id] = new
        return new

    def _in_place_of(self, new: StoredFile) -> StoredFile | None:
        return next((one for one in self._files.values() if _same_place(one, new)), None)

    def folder_id(self, path: str) -> str:
        """Return the id of a folder, which is created if missing."""
        known = next((number for number, place in self._folders.items() if place == path), None)
        if known is None:
            known = str(next(self._folder_numbers))
            self._folders[known] = path
        return known

    def folder_path(self, folder_id: str) -> str | None:
        """Return the path of a folder; None for an unknown id."""
        return self._folders.get(folder_id)

    def get(self, file_id: str) -> StoredFile | None:
        """Return a file."""
        return self._files.get(file_id)

    def delete(self, file_id: str) -> bool:
        """Delete a file; False when there is none."""
        return self._files.pop(file_id, None) is not None

    def all(self, now: datetime) -> list[StoredFile]:
        """Return the files that have not expired, oldest first."""
        return [one for one in self._files.values() if not one.has_expired(now)]

    def twin(self, content: bytes, folder_path: str | None, now: datetime) -> StoredFile | None:
        """Return a file with the same bytes, in one folder or, without a path, anywhere."""
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        for one in self.all(now):
            if one.md5 == digest and folder_path in (None, one.folder_path):
                return one
        return None

    def signature(self, file_id: str, expires: int) -> str:
        """Return the signature of an address that is valid until `expires` (epoch seconds)."""
        return hmac.new(self._key, f"{file_id}:{expires}".encode(), hashlib.sha256).hexdigest()

    def may_fetch(self, file: StoredFile, expires: str, signature: str, now: datetime) -> bool:
        """Say whether an address opens a file: public files always, private ones with a live signature."""
        if not file.access.startswith(("PRIVATE", "HIDDEN_PRIVATE", "SENSITIVE", "HIDDEN_SENSITIVE")):
            return True
        if not (expires.isascii() and expires.isdigit() and len(expires) < 16):
            return False
        good = hmac.compare_digest(signature.encode(), self.signature(file.id, int(expires)).encode())
        return good and now.timestamp() < int(expires)


def _same_place(one: StoredFile, other: StoredFile) -> bool:
    return (one.folder_id, one.name, one.extension) == (other.folder_id, other.name, other.extension)
