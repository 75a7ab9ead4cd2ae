"""Files: the form that is sent, its progress, what can go wrong with it, and what is read."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from app.api.clock import Clock
from app.api.errors import ApiError, Delivery, Invalid, SourceFailed
from app.api.hubspot.files import FilePayload, FilesClient, Upload
from app.api.rules import CallRules
from app.api.upload import FileForm, Progress, measured
from app.api.versions import PATHS, ApiVersion
from tests.api.hubspot.resource import target_of
from tests.api.wire import NoJitter, answer, script, session_on

STORED = {"id": 17, "name": "Angebot", "extension": "pdf", "type": "DOCUMENT", "size": 9}
Seen = list[tuple[int, int]]


T = TypeVar("T")


class Tokens:
    """One token, and another one after it was refused."""

    def __init__(self) -> None:
        self.token = "T1"

    async def current(self) -> str:
        return self.token

    async def renewed(self, rejected: str) -> str:
        self.token = "T2"
        return self.token


def use(
    work: Callable[[FilesClient], Awaitable[T]],
    *steps: httpx.Response | Exception,
    version: ApiVersion = ApiVersion.V2026_03,
) -> tuple[T, list[httpx.Request]]:
    """What `work` makes of a client, and its requests; disks are real, so only waiting takes no time."""
    seconds = 0.0

    async def sleep(pause: float) -> None:
        nonlocal seconds
        seconds += pause
        await asyncio.sleep(0)

    async def play() -> tuple[T, list[httpx.Request]]:
        handler, seen = script(*steps)
        clock = Clock(monotonic=lambda: seconds, sleep=sleep)
        rules = CallRules(clock=clock, randomness=NoJitter())
        session = session_on(handler, tokens=Tokens(), rules=rules, clock=clock)
        return await work(FilesClient(session, PATHS[version])), seen

    return asyncio.run(play())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "angebot.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    return path


def noting(progress: Seen) -> Progress:
    return lambda sent, total: progress.append((sent, total))


def wanted(path: Path, name: str = "Angebot.pdf") -> Upload:
    return Upload(path=path, file_name=name, folder_path="/slotdesk/1")


def form_of(request: httpx.Request) -> dict[str, bytes]:
    """The parts of a form by the first line of their head."""
    kind, _, boundary = request.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert request.headers["content-length"] == str(len(request.content))
    assert "transfer-encoding" not in request.headers
    first, *parts, last = request.content.split(b"--" + boundary.encode())
    assert (first, last) == (b"", b"--\r\n")
    found = {}
    for part in parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        found[head.decode().removeprefix("Content-Disposition: form-data; ")] = content.removesuffix(b"\r\n")
    return found


def test_a_file_is_sent_as_a_private_one_that_is_there_only_once(paper: Path) -> None:
    progress: Seen = []
    stored, (request,) = use(
        lambda client: client.upload(wanted(paper), progress=noting(progress)),
        answer(201, STORED),
    )
    assert (request.method, target_of(request)) == ("POST", "/files/2026-03/files")
    assert request.headers["authorization"] == "Bearer T1"
    assert request.headers["accept-encoding"] == "gzip"
    assert request.headers["host"] == "api.example.test"
    assert form_of(request) == {
        'name="fileName"': b"Angebot.pdf",
        'name="folderPath"': b"/slotdesk/1",
        'name="options"': b'{"access":"PRIVATE","duplicateValidationStrategy":"RETURN_EXISTING",'
        b'"duplicateValidationScope":"EXACT_FOLDER"}',
        'name="file"; filename="Angebot.pdf"\r\nContent-Type: application/pdf': b"%PDF-1.7\n",
    }
    assert (stored.id, stored.full_name, stored.size) == ("17", "Angebot.pdf", 9)
    assert progress == [(0, 9), (9, 9)]


@pytest.mark.parametrize("version", list(ApiVersion))
def test_files_stay_on_the_version_that_has_an_upload(paper: Path, version: ApiVersion) -> None:
    _, (request,) = use(lambda client: client.upload(wanted(paper)), answer(201, STORED), version=version)
    assert target_of(request) == ("/files/v3/files" if version is ApiVersion.V3 else "/files/2026-03/files")


def test_names_cannot_leave_their_quotes(paper: Path) -> None:
    name = 'a"; filename="b\r\nX: y.\udcffé'
    _, (request,) = use(lambda client: client.upload(wanted(paper, name)), answer(201, STORED))
    assert 'name="file"; filename="a%22; filename=%22b%0D%0AX: y.?é"' in "\n".join(form_of(request))


def test_it_is_sent_again_from_its_start(paper: Path) -> None:
    progress: Seen = []

    async def work(client: FilesClient) -> FilePayload:
        return await client.upload(wanted(paper), progress=noting(progress))

    _, seen = use(work, answer(502), httpx.ReadError("x"), answer(201, STORED))
    assert len({request.content[50:] for request in seen}) == 1
    assert all(b"%PDF-1.7" in request.content for request in seen)
    assert progress == [(0, 9), (9, 9)] * 3


def test_a_renewed_token_sends_the_whole_file_again(paper: Path) -> None:
    _, seen = use(lambda client: client.upload(wanted(paper)), answer(401), answer(201, STORED))
    first, second = seen
    assert (first.headers["authorization"], second.headers["authorization"]) == ("Bearer T1", "Bearer T2")
    assert b"%PDF-1.7" in second.content


def test_hubspots_sentence_about_the_size_is_kept(paper: Path) -> None:
    async def work(client: FilesClient) -> str:
        with pytest.raises(Invalid) as refusal:
            await client.upload(wanted(paper))
        return refusal.value.message

    sentence, seen = use(work, answer(413, {"message": "At most 20 MB."}))
    assert (sentence, len(seen)) == ("At most 20 MB.", 1)


def failure(
    path: Path, spoil: Callable[[FilesClient], Awaitable[object]] | None = None
) -> tuple[ApiError, int]:
    async def work(client: FilesClient) -> ApiError:
        with pytest.raises(ApiError) as refusal:
            await client.upload(wanted(path))
        return refusal.value

    error, seen = use(work, answer(201, STORED))
    return error, len(seen)


def test_a_file_that_is_not_there_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path, Path("a\0b")):
        error, sent = failure(path)
        assert isinstance(error, SourceFailed)
        assert (error.path, error.delivery, sent) == (str(path), Delivery.REFUSED, 0)


def pieces_of(form: FileForm) -> bytes:
    async def work() -> bytes:
        return b"".join([piece async for piece in form.pieces()])

    return asyncio.run(work())


def test_a_file_that_changes_while_it_is_sent_is_told(paper: Path) -> None:
    for size in (8, 10):
        with pytest.raises(SourceFailed):
            pieces_of(FileForm(paper, size, "a", {}))


class BrokenDisk(type(Path())):  # type: ignore[misc]
    """A path whose file opens and then cannot be read."""

    def open(self, *_: object, **__: object) -> "BrokenDisk":
        return self

    def read(self, _: int) -> bytes:
        raise OSError("the disk is gone")

    def close(self) -> None:
        """Nothing was opened."""


def test_a_file_that_vanishes_or_breaks_is_told(paper: Path) -> None:
    for path in (paper.with_name("gone"), BrokenDisk(paper)):
        with pytest.raises(SourceFailed):
            pieces_of(FileForm(path, 9, "a", {}))


def test_the_form_is_as_long_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * 1_000)
    progress: Seen = []
    form = FileForm(path, 256_000, "ä.bin", {"x": "ü"}, progress=noting(progress))
    assert len(pieces_of(form)) == form.length
    assert [sent for sent, _ in progress] == [0, 65_536, 131_072, 196_608, 256_000]


async def test_size_and_kind_come_from_the_disk_and_the_name(paper: Path) -> None:
    assert await measured(paper, "a.pdf") == (9, "application/pdf")
    assert await measured(paper, "a.strange-kind") == (9, "application/octet-stream")


def test_an_upload_can_be_stopped_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(b"x" * 300_000)
    progress: list[int] = []

    async def work(client: FilesClient) -> None:
        running = asyncio.ensure_future(client.upload(wanted(path), progress=lambda sent, _: note(sent)))

        def note(sent: int) -> None:
            progress.append(sent)
            if sent > 100_000:
                running.cancel()

        with pytest.raises(asyncio.CancelledError):
            await running

    use(work, answer(201, STORED))
    assert max(progress) < 300_000
    path.unlink()


def test_files_are_read_and_opened() -> None:
    signed = {"url": "https://files.test/x?sig=1", "expiresAt": "2026-11-20T12:00:00Z", "name": "Angebot"}

    async def work(client: FilesClient) -> tuple[FilePayload, str, datetime | None]:
        found = await client.read("1/7")
        address = await client.signed_url("17", seconds=60)
        return found, address.url, address.expires

    (found, url, expires), seen = use(work, answer(200, STORED), answer(200, signed))
    assert found.full_name == "Angebot.pdf"
    assert (url, expires) == ("https://files.test/x?sig=1", datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert [target_of(each) for each in seen] == [
        "/files/2026-03/files/1%2F7",
        "/files/2026-03/files/17/signed-url?expirationSeconds=60",
    ]


@pytest.mark.parametrize(
    ("body", "name"),
    [({"id": 1, "name": "a"}, "a"), ({"id": 1, "extension": "png"}, "png"), ({"id": 1}, "")],
)
def test_a_files_name_may_lack_a_part(body: dict[str, object], name: str) -> None:
    found, _ = use(lambda client: client.read("1"), answer(200, body))
    assert found.full_name == name
