"""Files: upload, the options HubSpot insists on, signed addresses, search and deletion."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller

FILES = "/files/2026-03/files"
PRIVATE = {"access": "PRIVATE"}
BINARY = bytes(range(256)) + b"\r\n--not the boundary\r\n\r\n" + b"\x00" * 50


def upload(caller: Caller, content: bytes = b"hello", name: str = "notes.txt", **fields: Any) -> Any:
    options = fields.pop("options", PRIVATE)
    data = {"folderPath": "/slotdesk", **fields}
    if options is not None:
        data["options"] = options if isinstance(options, str) else json.dumps(options)
    data = {key: value for key, value in data.items() if value is not None}
    return caller.call("POST", FILES, files={"file": (name, content)}, data=data)


def test_upload_read_delete(hubspot: Caller) -> None:
    made = upload(hubspot, BINARY, "Ärger & Co.pdf")
    assert made.status_code == 201
    tables.FILE(made.json())
    body = made.json()
    assert (body["name"], body["extension"], body["type"]) == ("Ärger & Co", "pdf", "DOCUMENT")
    assert (body["size"], body["path"]) == (len(BINARY), "/slotdesk/Ärger & Co.pdf")
    path = f"{FILES}/{body['id']}"
    assert hubspot.get(path).json() == body
    assert hubspot.delete(path).status_code == 204
    assert hubspot.get(path).status_code == 404
    assert hubspot.delete(path).status_code == 404


def test_a_signed_address_opens_the_file_until_it_expires(hubspot: Caller) -> None:
    file_id = upload(hubspot, BINARY).json()["id"]
    signed = hubspot.get(f"{FILES}/{file_id}/signed-url", expirationSeconds=60, size="thumb").json()
    tables.SIGNED_URL(signed)
    stranger = hubspot.anonymous()
    fetched = stranger.get(signed["url"])
    assert (fetched.status_code, fetched.content) == (200, BINARY)
    assert fetched.headers["content-disposition"] == "attachment"
    bare = urlsplit(signed["url"]).path
    for address in (bare, f"{bare}?expires=9999999999&signature=00", f"{bare}?expires=x&signature=é"):
        assert stranger.get(address).status_code == 403
    hubspot.sandbox.clock.advance(61)
    assert stranger.get(signed["url"]).status_code == 403
    assert stranger.get(bare.replace(file_id, "5")).status_code == 404
    assert stranger.get(bare.replace("8412770", "1")).status_code == 404


def test_public_files_open_without_a_signature(hubspot: Caller) -> None:
    made = upload(hubspot, options={"access": "PUBLIC_NOT_INDEXABLE"}).json()
    assert hubspot.anonymous().get(made["url"]).content == b"hello"


def test_search(hubspot: Caller) -> None:
    ids = [upload(hubspot, name=f"report {number}.csv").json()["id"] for number in range(12)]
    other = upload(hubspot, name="photo.PNG", folderPath="/elsewhere").json()
    first = hubspot.get(f"{FILES}/search", name="REPORT").json()
    tables.FILES(first)
    second = hubspot.get(f"{FILES}/search", name="report", after=first["paging"]["next"]["after"]).json()
    assert [row["id"] for row in first["results"] + second["results"]] == ids
    for query in ({"extension": "png"}, {"type": "IMG"}, {"parentFolderIds": other["parentFolderId"]}):
        assert [row["id"] for row in hubspot.get(f"{FILES}/search", **query).json()["results"]] == [
            other["id"]
        ]
    both = hubspot.get(f"{FILES}/search", ids=f"{ids[0]},{ids[1]}").json()["results"]
    assert [row["id"] for row in both] == ids[:2]


def test_duplicates(hubspot: Caller) -> None:
    first = upload(hubspot).json()["id"]
    known = {"access": "PRIVATE", "duplicateValidationScope": "ENTIRE_PORTAL"}
    rejected = upload(hubspot, options={**known, "duplicateValidationStrategy": "REJECT"})
    assert rejected.status_code == 409
    again = upload(hubspot, options={**known, "duplicateValidationStrategy": "RETURN_EXISTING"})
    assert again.json()["id"] == first
    elsewhere = {
        **known,
        "duplicateValidationStrategy": "REJECT",
        "duplicateValidationScope": "EXACT_FOLDER",
    }
    assert upload(hubspot, options=elsewhere, folderPath="/other").status_code == 201


def test_a_name_that_is_taken_gets_a_number_unless_the_file_is_overwritten(hubspot: Caller) -> None:
    first = upload(hubspot).json()
    second = upload(hubspot, b"other").json()
    assert (second["name"], second["path"]) == ("notes-1", "/slotdesk/notes-1.txt")
    assert upload(hubspot, folderPath="/other").json()["name"] == "notes"
    replaced = upload(hubspot, b"new", options={**PRIVATE, "overwrite": True}).json()
    assert (replaced["name"], replaced["size"]) == ("notes", 3)
    assert replaced["id"] != first["id"]
    assert hubspot.get(f"{FILES}/{first['id']}").status_code == 404


def test_a_file_may_expire_at_an_instant_and_then_is_no_duplicate(hubspot: Caller) -> None:
    options = {
        **PRIVATE,
        "expiresAt": "2026-11-24T08:00:00Z",
        "duplicateValidationStrategy": "RETURN_EXISTING",
    }
    made = upload(hubspot, options=options).json()
    assert made["expiresAt"] == 1795507200000
    assert upload(hubspot, options=options).json()["id"] == made["id"]
    hubspot.sandbox.clock.advance(90_000)
    found = hubspot.get(f"{FILES}/search", name="notes", ids=made["id"]).json()
    assert found == {"results": []}
    options["expiresAt"] = "2026-12-24T08:00:00Z"
    assert upload(hubspot, options=options).json()["id"] != made["id"]


def test_hidden_files_are_read_but_not_found_and_properties_narrow_a_file(hubspot: Caller) -> None:
    made = upload(hubspot, name="secret.txt", options={"access": "HIDDEN_NOT_INDEXABLE"}).json()
    assert hubspot.get(f"{FILES}/search", name="secret").json() == {"results": []}
    narrow = hubspot.get(f"{FILES}/{made['id']}", properties="name,size").json()
    assert set(narrow) == {"id", "createdAt", "updatedAt", "archived", "name", "size"}
    tables.FILE(narrow)


def test_names_folders_and_life_time(hubspot: Caller) -> None:
    made = upload(hubspot, fileName="Agenda", options={**PRIVATE, "ttl": "P2W1D"}).json()
    assert (made["name"], made["extension"]) == ("Agenda", "txt")
    sibling = upload(
        hubspot, folderPath=None, folderId=made["parentFolderId"], name="../../etc/passwd"
    ).json()
    assert sibling["path"] == "/slotdesk/passwd"
    assert sibling["extension"] == ""
    hubspot.sandbox.clock.advance(15 * 86_400 + 1)
    assert hubspot.get(f"{FILES}/{made['id']}").status_code == 404
    assert hubspot.get(f"{FILES}/{sibling['id']}").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"options": None},
        {"options": "not json"},
        {"options": "[]"},
        {"options": {}},
        {"options": {"access": "SECRET"}},
        {"options": {**PRIVATE, "ttl": "PT5M"}},
        {"options": {**PRIVATE, "ttl": "P3Y"}},
        {"options": {**PRIVATE, "ttl": 5}},
        {"options": {**PRIVATE, "expiresAt": "soon"}},
        {"options": {**PRIVATE, "expiresAt": "2020-01-01T00:00:00Z"}},
        {"options": {"access": "HIDDEN_PUBLIC_INDEXABLE"}},
        {"options": {**PRIVATE, "duplicateValidationStrategy": "GUESS"}},
        {"folderPath": None},
        {"folderId": "5"},
        {"folderPath": None, "folderId": "5"},
    ],
)
def test_wrong_uploads(standing: Caller, fields: dict[str, Any]) -> None:
    reply = upload(standing, **fields)
    assert reply.status_code in (400, 404)
    tables.ERROR(reply.json())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx'),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--',
        ),
        ("text/plain\x7f", b"\xff\xfe"),
    ],
)
def test_bodies_that_are_no_form(standing: Caller, kind: str, body: bytes) -> None:
    reply = standing.call("POST", FILES, content=body, headers={"Content-Type": kind})
    assert reply.status_code == 400
    tables.ERROR(reply.json())


def test_too_large(standing: Caller) -> None:
    reply = upload(standing, b"x" * (20 * 1024 * 1024 + 1))
    assert reply.status_code == 413
    tables.ERROR(reply.json())


def test_wrong_signed_address_requests(hubspot: Caller) -> None:
    file_id = upload(hubspot).json()["id"]
    path = f"{FILES}/{file_id}/signed-url"
    assert hubspot.get(path, size="huge").status_code == 400
    assert hubspot.get(path, expirationSeconds=0).status_code == 400
    assert hubspot.get(f"{FILES}/5/signed-url").status_code == 404
