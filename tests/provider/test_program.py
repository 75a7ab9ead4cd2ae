"""The command line: manifests made and checked, settings read, and what keeps the service from starting."""

import io
import json
import runpy
import socket
import sys
from pathlib import Path

import pytest

from app.domain.manifest_checking import Fault, Finding
from app.provider import serving
from app.provider.__main__ import main
from app.provider.manifest_words import sentence
from app.provider.settings import BadSetting, ProviderSettings, needed_secret, read_secret
from app.provider.store.store import ProviderStore
from tests.provider.replica import ROOT

Captured = pytest.CaptureFixture[str]
MAKE = ["manifest", "--base-url", "https://calls.acme.com/", "--client-id", "abc"]


def test_a_manifest_is_made_and_passes_its_own_check(capsys: Captured, tmp_path: Path) -> None:
    assert main(MAKE) == 0
    said = capsys.readouterr()
    assert said.err == ""
    file = tmp_path / "manifest.json"
    file.write_text(said.out, encoding="utf-8")
    assert main(["check", str(file), "--client-id", "abc"]) == 0
    assert capsys.readouterr().out == "The manifest is valid.\n"
    assert main(["check", str(file), "--client-id", "other"]) == 0
    assert "warning: clientId" in capsys.readouterr().err


def test_a_manifest_for_a_private_address_is_made_but_not_passed(capsys: Captured) -> None:
    assert main(["manifest", "--base-url", "http://localhost:8700", "--client-id", "abc"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["version"] == "v202049"
    assert "error: endpoints.postMeeting: begins with http://" in said.err
    assert "error: endpoints.deleteMeeting: names localhost" in said.err


def test_files_that_cannot_be_checked(capsys: Captured, tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "none.json")]) == 1
    assert "cannot be read: No such file" in capsys.readouterr().err
    file = tmp_path / "latin.json"
    file.write_bytes(b'{"version": "\xe9"}')
    assert main(["check", str(file)]) == 1
    assert "not written in UTF-8" in capsys.readouterr().err


def test_a_manifest_comes_through_a_pipe(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"version": ')))
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().err == (
        "error: the manifest: is not JSON (line:column 1:13); correct it there\n"
    )


def test_the_schema_is_printed(capsys: Captured) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence_with_its_field_and_a_fix(fault: Fault) -> None:
    said = sentence(Finding("endpoints.postMeeting", fault, ":linkId"))
    kind, field, words = said.split(": ", 2)
    assert (kind in {"error", "warning"}, field) == (True, "endpoints.postMeeting")
    assert any(mark in words for mark in ("; ", ", "))
    assert sentence(Finding("", Fault.NOT_JSON)) == "error: the manifest: is not JSON; correct it there"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["serve", "--port", "x"],
        ["serve", "--port", "70000"],
        ["serve", "--workers", "0"],
        ["serve", "--base-url", "calls.acme.com"],
        ["serve", "--repeat-window", "-1"],
        ["manifest"],
    ],
)
def test_a_wrong_command_line_is_one_sentence(capsys: Captured, words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("provider: ")
    assert said.count("\n") == 1


def test_secrets_come_from_the_environment_or_from_files(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n", encoding="utf-8")
    name = "SLOTDESK_PROVIDER_CLIENT_SECRET"
    assert read_secret("CLIENT_SECRET", {name: "x"}) == "x"
    assert needed_secret("CLIENT_SECRET", {f"{name}_FILE": str(file)}) == "from the file"
    assert read_secret("CLIENT_SECRET", {}) == ""
    with pytest.raises(BadSetting, match="not both"):
        read_secret("CLIENT_SECRET", {name: "x", f"{name}_FILE": str(file)})
    with pytest.raises(BadSetting, match="cannot be read"):
        read_secret("CLIENT_SECRET", {f"{name}_FILE": str(tmp_path)})
    with pytest.raises(BadSetting, match="set SLOTDESK_PROVIDER_CLIENT_SECRET or"):
        needed_secret("CLIENT_SECRET", {})


def test_settings_do_not_show_secrets() -> None:
    settings = ProviderSettings(
        client_id="cid",
        client_secret="s1",
        admin_token="s2",
        database_url="postgresql://u:s3@h/d",
        room_password="s4",
    )
    assert not any(secret in repr(settings) for secret in ("s1", "s2", "s3", "s4"))


def test_the_service_does_not_start_without_its_secrets(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLOTDESK_PROVIDER_CLIENT_ID", raising=False)
    assert main(["serve"]) == 1
    assert capsys.readouterr().err.startswith("provider: set SLOTDESK_PROVIDER_CLIENT_ID or")


@pytest.fixture
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOTDESK_PROVIDER_CLIENT_ID", "cid")
    monkeypatch.setenv("SLOTDESK_PROVIDER_CLIENT_SECRET", "secret")


@pytest.mark.usefixtures("_secrets")
def test_what_else_keeps_the_service_from_starting(capsys: Captured, sqlite_url: str) -> None:
    serve = ["serve", "--database-url", sqlite_url]
    assert main([*serve, "--workers", "2"]) == 1
    assert "several workers need PostgreSQL" in capsys.readouterr().err
    assert main(["serve", "--database-url", "mysql://x"]) == 1
    assert "has to begin with sqlite:///" in capsys.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main([*serve, "--port", str(taken.getsockname()[1])]) == 1
    assert "cannot listen at 127.0.0.1" in capsys.readouterr().err
    store = ProviderStore.open(sqlite_url)
    assert main(serve) == 1
    store.close()
    assert "database is locked" in capsys.readouterr().err


@pytest.mark.usefixtures("_secrets")
def test_what_the_command_line_says_reaches_the_service(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    served: list[tuple[ProviderSettings, serving.Listening, str]] = []

    def note(settings: ProviderSettings, listening: serving.Listening, *, base_url: str) -> int:
        served.append((settings, listening, base_url))
        return 0

    monkeypatch.setattr(serving, "serve", note)
    words = ["--database-url", sqlite_url, "--room-url", "https://acme.zoom.us/j/1/", "--repeat-window", "5"]
    assert main(["serve", "--base-url", "https://calls.acme.com/", *words]) == 0
    settings, listening, base_url = served[0]
    assert (settings.client_id, settings.client_secret, settings.admin_token) == ("cid", "secret", "")
    assert settings.room_url == "https://acme.zoom.us/j/1"
    assert settings.repeat_window.total_seconds() == 5
    assert listening == serving.Listening("127.0.0.1", 8700, 1)
    assert base_url == "https://calls.acme.com"


def test_the_module_is_a_program(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "argv", ["provider", *MAKE])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(ROOT / "app" / "provider" / "__main__.py"), run_name="__main__")
    assert left.value.code == 0
    assert '"v202049"' in capsys.readouterr().out
