"""Files that wait: copied whole or not at all, under names of our own."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.problems import Gone, StorageFailed, StorageTrouble
from app.storage import spool as module
from app.storage.spool import FileSpool


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "data" / "spool"


@pytest.fixture
def spool(inbox: Path, executor: ThreadPoolExecutor) -> FileSpool:
    return FileSpool(inbox, executor)


def made(path: Path, content: bytes = b"offer") -> Path:
    path.write_bytes(content)
    return path


async def test_a_copy_outlives_its_original(
    spool: FileSpool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PORTION", 7)
    content = b"a longer offer than one portion"
    original = made(tmp_path / "Offer final.PDF", content)
    name, size = await spool.take(original)
    original.unlink()
    assert size == len(content)
    assert spool.path(name).read_bytes() == content
    assert spool.path(name).stat().st_mode & 0o077 == 0
    assert name.endswith(".pdf")
    assert "offer" not in name.lower()


async def test_the_same_file_twice_is_two_copies(spool: FileSpool, inbox: Path, tmp_path: Path) -> None:
    original = made(tmp_path / "offer.pdf", b"")
    taken = {await spool.take(original) for _ in range(2)}
    assert {size for _, size in taken} == {0}
    assert {found.name for found in inbox.iterdir()} == {name for name, _ in taken}
    assert len(taken) == 2


@pytest.mark.parametrize("name", ["no suffix", "odd.p df", "odd.päf", f"long.{'x' * 40}", ".hidden"])
async def test_an_odd_extension_is_left_out(spool: FileSpool, tmp_path: Path, name: str) -> None:
    spooled, _ = await spool.take(made(tmp_path / name))
    assert spooled.isalnum()


def test_a_name_never_leads_out_of_the_spool(spool: FileSpool, inbox: Path) -> None:
    assert spool.path("../../outbox.db") == inbox / "outbox.db"
    assert spool.path("/etc/passwd") == inbox / "passwd"


@pytest.mark.parametrize("path", ["vanished.pdf", "offer.pdf/inside.pdf"])
async def test_a_file_that_is_gone_is_told(spool: FileSpool, inbox: Path, tmp_path: Path, path: str) -> None:
    made(tmp_path / "offer.pdf")
    with pytest.raises(Gone):
        await spool.take(tmp_path / path)
    assert list(inbox.iterdir()) == []


async def test_what_is_no_plain_file_is_told(spool: FileSpool, inbox: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for odd in (tmp_path, tmp_path / "pipe.pdf"):
        with pytest.raises(StorageFailed) as caught:
            await spool.take(odd)
        assert (caught.value.trouble, caught.value.path) == (StorageTrouble.UNREADABLE, str(odd))
    assert list(inbox.iterdir()) == []


async def test_a_file_that_cannot_be_read_is_told(
    spool: FileSpool, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = made(tmp_path / "offer.pdf")
    real = Path.open

    def refuse(path: Path, *arguments: object, **named: object) -> object:
        if path == original:
            raise PermissionError(errno.EACCES, "no")
        return real(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StorageFailed) as caught:
        await spool.take(original)
    assert (caught.value.trouble, caught.value.path) == (StorageTrouble.UNREADABLE, str(original))
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, StorageTrouble.FULL),
        (errno.EROFS, StorageTrouble.READ_ONLY),
        (errno.EIO, StorageTrouble.UNREADABLE),
    ],
)
async def test_a_disk_that_takes_no_copy_is_told_and_keeps_no_part(
    spool: FileSpool,
    inbox: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    trouble: StorageTrouble,
) -> None:
    original = made(tmp_path / "offer.pdf")

    def refuse(_: int) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        with pytest.raises(StorageFailed) as caught:
            await spool.take(original)
    assert caught.value.trouble is trouble
    assert caught.value.path.startswith(str(inbox))
    assert list(inbox.iterdir()) == []
    await spool.take(original)


async def test_a_file_in_the_place_of_the_spool_is_told(
    spool: FileSpool, inbox: Path, tmp_path: Path
) -> None:
    made(inbox.parent)
    with pytest.raises(StorageFailed) as caught:
        await spool.take(made(tmp_path / "offer.pdf"))
    assert caught.value.path == str(inbox)


async def test_copies_are_deleted_by_name_or_all_but_some(
    spool: FileSpool, inbox: Path, tmp_path: Path
) -> None:
    await spool.keep_only([])
    names = [(await spool.take(made(tmp_path / "offer.pdf")))[0] for _ in range(4)]
    made(inbox / "0123.pdf.part")
    await spool.remove([names[0], names[0], "nobody.pdf"])
    assert not spool.path(names[0]).exists()
    await spool.keep_only([names[1], "nobody.pdf"])
    assert [found.name for found in inbox.iterdir()] == [names[1]]


async def test_a_folder_that_lets_nothing_be_deleted_is_told(spool: FileSpool, inbox: Path) -> None:
    (inbox / "0123.pdf").mkdir(parents=True)
    for call in (spool.remove(["0123.pdf"]), spool.keep_only([])):
        with pytest.raises(StorageFailed):
            await call
