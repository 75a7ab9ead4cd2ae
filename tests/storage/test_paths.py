"""Where things live, and what is said when they cannot."""

import errno
import sqlite3
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import files, paths, troubles


def test_one_folder_can_hold_everything(tmp_path: Path) -> None:
    found = paths.locate(tmp_path / "desk")
    assert found.settings_file == tmp_path / "desk" / "settings.toml"
    assert found.outbox_file == tmp_path / "desk" / "data" / "outbox.db"
    assert found.backup_dir == tmp_path / "desk" / "data" / "backups"
    assert found.spool_dir == tmp_path / "desk" / "data" / "spool"
    assert found.cache_file == tmp_path / "desk" / "cache" / "cache.db"
    assert found.log_dir == tmp_path / "desk" / "logs"
    assert tmp_path not in found.administrator_file.parents
    assert not (tmp_path / "desk").exists()


def test_a_relative_folder_is_taken_from_where_the_program_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.locate(Path("desk")).data_dir == tmp_path / "desk" / "data"


def test_without_it_the_user_s_own_places_are_taken(own_home: Path) -> None:
    found = paths.locate()
    assert {
        own_home in place.parents for place in (found.settings_file, found.outbox_file, found.cache_file)
    } == {True}
    assert "slotdesk" in found.settings_file.parts
    assert found.administrator_file.name == "slotdesk.toml"
    assert own_home / "etc" / "xdg" in found.administrator_file.parents


def test_folders_are_made_for_this_user_alone(tmp_path: Path) -> None:
    found = paths.locate(tmp_path / "desk")
    paths.prepare(found)
    paths.prepare(found)
    for folder in (found.data_dir, found.cache_dir, found.log_dir):
        assert folder.stat().st_mode & 0o077 == 0
        assert list(folder.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("in the way")
    with pytest.raises(StorageFailed) as caught:
        paths.prepare(paths.locate(tmp_path / "desk"))
    assert caught.value.trouble is StorageTrouble.UNREADABLE
    assert caught.value.path == str(tmp_path / "desk")


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.EACCES, StorageTrouble.READ_ONLY),
        (errno.EROFS, StorageTrouble.READ_ONLY),
        (errno.ENOSPC, StorageTrouble.FULL),
        (errno.EDQUOT, StorageTrouble.FULL),
        (errno.EIO, StorageTrouble.UNREADABLE),
    ],
)
def test_a_folder_that_takes_no_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: StorageTrouble
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(StorageFailed) as caught:
        paths.prepare(paths.locate(tmp_path))
    assert caught.value.trouble is trouble


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageFailed) as caught:
        paths.prepare(paths.locate(tmp_path))
    assert caught.value.trouble is StorageTrouble.UNREADABLE


def test_a_file_is_replaced_whole_and_kept_private(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file.txt"
    files.replace_file(target, b"one")
    files.replace_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o077 == 0
    assert [file.name for file in target.parent.iterdir()] == ["file.txt"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file.txt"
    files.replace_file(target, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageFailed) as caught:
        files.replace_file(target, b"new")
    assert caught.value.trouble is StorageTrouble.FULL
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file.txt"]


def test_windows_needs_no_folder_to_be_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "IS_WINDOWS", True)
    files.sync_folder(tmp_path / "missing")


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (sqlite3.SQLITE_FULL, StorageTrouble.FULL),
        (sqlite3.SQLITE_READONLY, StorageTrouble.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, StorageTrouble.READ_ONLY),
        (sqlite3.SQLITE_IOERR_WRITE, StorageTrouble.READ_ONLY),
        (sqlite3.SQLITE_IOERR_READ, StorageTrouble.UNREADABLE),
        (sqlite3.SQLITE_CANTOPEN, StorageTrouble.UNREADABLE),
        (sqlite3.SQLITE_BUSY, StorageTrouble.IN_USE),
        (sqlite3.SQLITE_CORRUPT_INDEX, StorageTrouble.DAMAGED),
        (sqlite3.SQLITE_NOTADB, StorageTrouble.DAMAGED),
        (sqlite3.SQLITE_ERROR, None),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
    ],
)
def test_what_sqlite_says_is_translated(code: int, trouble: StorageTrouble | None) -> None:
    reason = sqlite3.OperationalError("no")
    reason.sqlite_errorcode = code
    found = troubles.of_database(reason, Path("x.db"))
    assert (found and found.trouble) == trouble


def test_words_that_cannot_be_read_mean_damage() -> None:
    with pytest.raises(StorageFailed) as caught, troubles.statements(Path("x.db")):
        b"\xff".decode()
    assert caught.value.trouble is StorageTrouble.DAMAGED


def test_a_statement_that_only_damage_refuses_means_damage() -> None:
    with pytest.raises(StorageFailed) as caught, troubles.examining(Path("x.db")):
        raise sqlite3.OperationalError("no such table: drafts")
    assert caught.value.trouble is StorageTrouble.DAMAGED
