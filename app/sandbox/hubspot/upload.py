"""Reading a file upload: its fields, its options, and everything about them that HubSpot refuses."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from starlette.requests import Request

from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.file_cabinet import FileCabinet
from app.sandbox.hubspot.multipart import parse_multipart
from app.sandbox.instants import parse_instant
from app.sandbox.wire import parse_json, read_body

LARGEST_FILE: Final = 20 * 1024 * 1024
ACCESS: Final = (
    "PRIVATE",
    "PUBLIC_NOT_INDEXABLE",
    "PUBLIC_INDEXABLE",
    "HIDDEN_PRIVATE",
    "HIDDEN_NOT_INDEXABLE",
    "HIDDEN_INDEXABLE",
    "HIDDEN_SENSITIVE",
    "SENSITIVE",
)
_STRATEGIES: Final = ("NONE", "REJECT", "RETURN_EXISTING")
_SCOPES: Final = ("ENTIRE_PORTAL", "EXACT_FOLDER")
_PERIOD: Final = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?")
_UNIT_DAYS: Final = (365, 30, 7, 1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A checked upload."""

    file_name: str
    content: bytes
    folder_path: str
    access: str
    overwrite: bool
    strategy: str
    twin_folder: str | None
    expires_at: datetime | None


async def read_upload(request: Request, cabinet: FileCabinet, now: datetime) -> Upload:
    """Read the multipart body; HubSpotError 400 (413 over 20 MB) when it is not acceptable."""
    body = await read_body(request, LARGEST_FILE)
    parts = parse_multipart(request.headers.get("content-type", ""), body)
    file = parts.get("file")
    if file is None or file.file_name is None:
        raise validation_error("The file part is missing.")
    fields = {name: part.text for name, part in parts.items() if part.file_name is None}
    options = _options(fields)
    folder_path = _folder(fields, cabinet)
    scope = _one_of(options, "duplicateValidationScope", _SCOPES, "ENTIRE_PORTAL")
    return Upload(
        file_name=_named(fields.get("fileName"), file.file_name or "file"),
        content=file.content,
        folder_path=folder_path,
        access=_one_of(options, "access", ACCESS, None),
        overwrite=options.get("overwrite") is True,
        strategy=_one_of(options, "duplicateValidationStrategy", _STRATEGIES, "NONE"),
        twin_folder=folder_path if scope == "EXACT_FOLDER" else None,
        expires_at=_expiry(options, now),
    )


def _options(fields: dict[str, str]) -> dict[str, Any]:
    text = fields.get("options")
    if not text:
        raise validation_error("The options part is missing: it is a JSON string with at least access.")
    options = parse_json(text.encode())
    if not isinstance(options, dict):
        raise validation_error("The options part must be a JSON object.")
    return options


def _folder(fields: dict[str, str], cabinet: FileCabinet) -> str:
    folder_id, folder_path = fields.get("folderId"), fields.get("folderPath")
    if bool(folder_id) == bool(folder_path):
        raise validation_error("Exactly one of folderId and folderPath is needed.")
    if folder_path:
        return f"/{folder_path.strip('/')}"
    found = cabinet.folder_path(folder_id or "")
    if found is None:
        raise HubSpotError(404, "OBJECT_NOT_FOUND", f"No folder with id {folder_id} was found.")
    return found


def _named(wanted: str | None, sent: str) -> str:
    if not wanted:
        return sent
    extension = sent.rpartition(".")[2] if "." in sent else ""
    return wanted if "." in wanted or not extension else f"{wanted}.{extension}"


def _one_of(options: dict[str, Any], name: str, allowed: tuple[str, ...], default: str | None) -> str:
    value = options.get(name, default)
    if value not in allowed:
        raise validation_error(f"options.{name} must be one of {', '.join(allowed)}.")
    return str(value)


def _expiry(options: dict[str, Any], now: datetime) -> datetime | None:
    text = options.get("ttl")
    if text is None:
        return _fixed_expiry(options, now)
    found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    parts = found.groups() if found else ()
    days = sum(int(part or 0) * unit for part, unit in zip(parts, _UNIT_DAYS, strict=False))
    if not 1 <= days <= 366:
        raise validation_error("options.ttl must be an ISO 8601 period from one day to one year.")
    return now + timedelta(days=days)


def _fixed_expiry(options: dict[str, Any], now: datetime) -> datetime | None:
    value = options.get("expiresAt")
    if value is None:
        return None
    moment = parse_instant(str(value))
    if moment is None or moment <= now:
        raise validation_error("options.expiresAt must be an instant to come.")
    return moment
