"""Log files that stay small and hold no secret."""

import logging
import re
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.logs import BYTES_PER_FILE, open_logs
from app.storage.redaction import Redactor

SECRET = "Kp9xZ2mQ-canary_77"
CASES = [
    f"Authorization: Bearer {SECRET}",
    f"authorization: basic {SECRET}",
    f"{{'Authorization': 'Bearer {SECRET}', 'Accept': 'x'}}",
    f"(b'authorization', b'Bearer {SECRET}')",
    f"headers=[('authorization', '{SECRET}')]",
    f"sent bearer {SECRET} to it",
    f"GET http://localhost:53682/oauth/callback?code={SECRET}&state={SECRET}",
    f"grant_type=refresh_token&refresh_token={SECRET}&client_secret={SECRET}",
    f'{{"access_token": "{SECRET}", "expires_in": 1800, "refresh_token":"{SECRET}"}}',
    f"{{'id_token': '{SECRET}', 'client_secret': \"{SECRET}\"}}",
    f'{{"state": "a\\"{SECRET}"}}',
    f"AppCredentials(client_id='x', client_secret='{SECRET}')",
    f"TokenReply(access_token={SECRET}, code_verifier='{SECRET}')",
    f"token={SECRET}",
    "refused eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9abcdefgh for it",
]


def read(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.iterdir())


@pytest.mark.parametrize("line", CASES)
def test_no_secret_passes(line: str) -> None:
    cleaned = Redactor(b"key").clean(line)
    assert SECRET not in cleaned
    assert "canary" not in cleaned
    assert "eyJ" not in cleaned
    assert "[hidden]" in cleaned


@pytest.mark.parametrize(
    "line",
    [
        "GET /crm/owners/2026-03 404 in 31 ms, correlation 5a3f2c1e-90ab-4cde-8f01-23456789abcd",
        "outbox.db: 14 rows salvaged, 106 restored",
        "app.storage.settings: settings that make no sense: times.zone",
        "state of the window: maximised",
        "/home/ada/.local/share/slotdesk/backups/outbox-20261120T093000Z.db",
    ],
)
def test_what_is_no_secret_stays_readable(line: str) -> None:
    assert Redactor(b"key").clean(line) == line


def test_addresses_become_marks_that_can_be_compared() -> None:
    redactor = Redactor(b"key")
    one, same, other = (
        redactor.clean(text) for text in ("ada@north.example", "Ada@North.example", "bob@north.example")
    )
    assert one == same != other
    assert re.fullmatch(r"email:[0-9a-f]{10}", one)
    assert Redactor(b"another key").clean("ada@north.example") != one
    assert "ada" not in redactor.clean("mailto:ada.o'neil+x@sub.north.example, done")


def test_lines_and_tracebacks_are_written_clean(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_logs(tmp_path / "logs") as path:
        logger = logging.getLogger("app.test")
        logger.info("sign-in of %s with code=%s", "ada@north.example", SECRET)
        logger.debug("not this")
        try:
            raise ValueError(f"refresh_token={SECRET}")
        except ValueError:
            logger.exception("it failed")
    text = read(path.parent)
    assert SECRET not in text
    assert "ada@" not in text
    assert re.search(r"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO +app\.test: sign-in of email:", text)
    assert "Traceback" in text
    assert "not this" not in text
    assert any(SECRET in record.getMessage() for record in caplog.records)


def test_talkative_libraries_are_silenced_and_given_back_their_level(tmp_path: Path) -> None:
    before = logging.getLogger().level, logging.getLogger("httpx").level
    with open_logs(tmp_path, debug=True):
        logging.getLogger("httpx").info("HTTP Request: GET https://api.hubapi.com/?q=secret")
        logging.getLogger("app.test").debug("detail")
    assert (logging.getLogger().level, logging.getLogger("httpx").level) == before
    assert "HTTP Request" not in read(tmp_path)
    assert "detail" in read(tmp_path)


def test_debugging_prints_too_and_cleans_that_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_logs(tmp_path, debug=True):
        logging.getLogger("app.test").info("token=%s", SECRET)
    printed = capsys.readouterr().err
    assert "token=[hidden]" in printed


def test_there_are_five_files_of_a_megabyte_at_most(tmp_path: Path) -> None:
    with open_logs(tmp_path):
        for _ in range(55):
            logging.getLogger("app.test").info("x " * 50_000)
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= BYTES_PER_FILE


def test_half_a_character_does_not_stop_the_log(tmp_path: Path) -> None:
    with open_logs(tmp_path):
        logging.getLogger("app.test").info("half: \ud83d")
    assert r"half: \ud83d" in read(tmp_path)


def test_a_disk_that_refuses_a_line_is_not_talked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_logs(tmp_path):
        handler = logging.getLogger().handlers[-1]
        assert isinstance(handler, logging.FileHandler)
        real = handler.stream
        handler.stream = (tmp_path / "slotdesk.log").open("r")
        logging.getLogger("app.test").info("lost")
        handler.stream.close()
        handler.stream = real
        logging.getLogger("app.test").info("kept")
    assert capsys.readouterr().err == ""
    assert "lost" not in read(tmp_path)
    assert "kept" in read(tmp_path)


def test_a_folder_that_takes_no_log_is_told(tmp_path: Path) -> None:
    (tmp_path / "slotdesk.log").mkdir()
    with pytest.raises(StorageFailed) as caught, open_logs(tmp_path):
        pass
    assert caught.value.trouble is StorageTrouble.UNREADABLE
