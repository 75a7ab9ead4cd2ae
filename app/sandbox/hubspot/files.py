"""Files: upload, read, search, delete, and addresses under which the sandbox itself serves them."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.errors import CONFLICT, HubSpotError, not_found, validation_error
from app.sandbox.hubspot.file_cabinet import StoredFile
from app.sandbox.hubspot.objects import paging
from app.sandbox.hubspot.portal import Portal, portal_of
from app.sandbox.hubspot.upload import read_upload
from app.sandbox.instants import from_epoch_ms, object_instant
from app.sandbox.wire import int_parameter, list_parameter, no_content, reply

VERSIONS: Final = ("v3", "2026-03", "2026-09")
_READ: Final = ("files", "files.read", "files.write", "files.ui_hidden.read", "files.ui_hidden.write")
_WRITE: Final = ("files", "files.write", "files.ui_hidden.write")
_ALWAYS: Final = ("id", "createdAt", "updatedAt", "archived")
_SIGNED_FOR: Final = 3600
_LONGEST_SIGNED: Final = 7 * 86_400


def download_path(hub_id: int, file: StoredFile) -> str:
    """Return the path under which the sandbox serves a file."""
    return f"/__sandbox__/files/{hub_id}/{file.id}/{quote(file.full_name, safe='')}"


def _file(request: Request, portal: Portal, file: StoredFile) -> dict[str, Any]:
    url = f"{request.url.scheme}://{request.url.netloc}{download_path(portal.hub_id, file)}"
    data: dict[str, Any] = {
        "id": file.id,
        "createdAt": object_instant(file.created_at),
        "updatedAt": object_instant(file.updated_at),
        "archived": False,
        "parentFolderId": file.folder_id,
        "name": file.name,
        "path": f"{file.path}.{file.extension}" if file.extension else file.path,
        "size": len(file.content),
        "type": file.kind,
        "extension": file.extension,
        "defaultHostingUrl": url,
        "url": url,
        "isUsableInContent": not file.access.startswith("HIDDEN"),
        "access": file.access,
        "fileMd5": file.md5,
        "sourceGroup": "CONTENT",
    }
    if file.expires_at is not None:
        data["expiresAt"] = int(file.expires_at.timestamp() * 1000)
    return data


async def upload(request: Request) -> Response:
    """Answer the multipart POST: 201 with the file; 409 for a duplicate that is to be rejected."""
    require_any_scope(request, _WRITE)
    portal = portal_of(request)
    now = portal.clock()
    wanted = await read_upload(request, portal.files, now)
    twin = portal.files.twin(wanted.content, wanted.twin_folder, now)
    if twin is not None and wanted.strategy == "REJECT":
        raise HubSpotError(409, CONFLICT, f"A file with the same content exists: {twin.id}")
    if twin is not None and wanted.strategy == "RETURN_EXISTING":
        return reply(_file(request, portal, twin), 201)
    file = portal.files.add(
        wanted.file_name,
        wanted.content,
        folder_path=wanted.folder_path,
        access=wanted.access,
        now=now,
        expires_at=wanted.expires_at,
        overwrite=wanted.overwrite,
    )
    return reply(_file(request, portal, file), 201)


def _stored(request: Request, now: datetime) -> StoredFile:
    file = portal_of(request).files.get(request.path_params["file_id"])
    if file is None or file.has_expired(now):
        raise not_found(f"No file with id {request.path_params['file_id']} was found.")
    return file


async def read_or_delete(request: Request) -> Response:
    """Answer GET and DELETE (204) of one file."""
    require_any_scope(request, _WRITE if request.method == "DELETE" else _READ)
    portal = portal_of(request)
    file = _stored(request, portal.clock())
    if request.method == "DELETE":
        portal.files.delete(file.id)
        return no_content()
    return reply(_only(request, _file(request, portal, file)))


def _only(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    """Return what `properties` asks for, and always what a `File` must have."""
    wanted = list_parameter(request, "properties")
    if not wanted:
        return data
    return {name: value for name, value in data.items() if name in wanted or name in _ALWAYS}


async def signed_url(request: Request) -> Response:
    """Answer GET signed-url: an address that opens the file until `expiresAt`."""
    require_any_scope(request, _READ)
    portal = portal_of(request)
    file = _stored(request, portal.clock())
    seconds = int_parameter(request, "expirationSeconds", _SIGNED_FOR, low=1, high=_LONGEST_SIGNED)
    size = request.query_params.get("size")
    if size not in (None, "icon", "medium", "preview", "thumb"):
        raise validation_error("size must be one of icon, medium, preview, thumb.")
    expires = int(portal.clock().timestamp()) + seconds
    signature = portal.files.signature(file.id, expires)
    path = download_path(portal.hub_id, file)
    address = f"{request.url.scheme}://{request.url.netloc}{path}?expires={expires}&signature={signature}"
    return reply(
        {
            "url": address,
            "expiresAt": object_instant(from_epoch_ms(expires * 1000)),
            "name": file.name,
            "extension": file.extension,
            "type": file.kind,
            "size": len(file.content),
        }
    )


async def search(request: Request) -> Response:
    """Answer GET search by a part of the name, ids, folders, extension and type, without hidden files."""
    require_any_scope(request, _READ)
    portal = portal_of(request)
    query = request.query_params
    name, extension, kind = query.get("name"), query.get("extension"), query.get("type")
    ids, folders = list_parameter(request, "ids"), list_parameter(request, "parentFolderIds")
    found = [
        file
        for file in portal.files.all(portal.clock())
        if not file.access.startswith("HIDDEN")
        and (not name or name.casefold() in file.full_name.casefold())
        and (not extension or file.extension.casefold() == extension.casefold().lstrip("."))
        and (not kind or file.kind == kind)
        and (not ids or file.id in ids)
        and (not folders or file.folder_id in folders)
    ]
    limit = int_parameter(request, "limit", 10, low=1, high=100)
    after = int_parameter(request, "after", 0, low=0, high=10**9)
    page = found[after : after + limit]
    cursor = after + limit if after + limit < len(found) else None
    return reply(
        {
            "results": [_only(request, _file(request, portal, file)) for file in page],
            **paging(request, cursor),
        }
    )


def file_routes() -> list[Route]:
    """Return the file routes of every version."""
    routes = []
    for version in VERSIONS:
        stem = f"/files/{version}/files"
        routes.append(Route(stem, upload, methods=["POST"]))
        routes.append(Route(f"{stem}/search", search, methods=["GET"]))
        routes.append(Route(f"{stem}/{{file_id}}", read_or_delete, methods=["GET", "DELETE"]))
        routes.append(Route(f"{stem}/{{file_id}}/signed-url", signed_url, methods=["GET"]))
    return routes
