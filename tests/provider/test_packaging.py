"""What runs the service elsewhere: the container file and the systemd unit."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from app.provider.arguments import parse_arguments
from app.provider.settings import PREFIX
from app.provider.store.engine import is_sqlite
from tests.provider.replica import ROOT

CONTAINER = (ROOT / "packaging" / "provider" / "Containerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "packaging" / "provider" / "slotdesk-provider.service").read_text(encoding="utf-8")
SECRETS = {f"{PREFIX}{name}_FILE" for name in ("CLIENT_ID", "CLIENT_SECRET", "ADMIN_TOKEN")}


def test_the_container_starts_what_the_command_line_knows() -> None:
    words = [
        json.loads(found) for found in re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", CONTAINER, re.MULTILINE)
    ]
    entry, command = words
    assert entry[:3] == ["python", "-m", "app.provider"]
    chosen = parse_arguments([*entry[3:], *command])
    assert (chosen.command, chosen.host, chosen.port) == ("serve", "0.0.0.0", 8700)
    assert is_sqlite(chosen.database_url)
    assert set(re.findall(rf"{PREFIX}\w+_FILE(?==)", CONTAINER)) == SECRETS


def test_the_unit_starts_what_the_command_line_knows() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    words = shlex.split(line.replace("${SLOTDESK_PROVIDER_BASE_URL}", "https://calls.acme.com"))
    assert words[1:3] == ["-m", "app.provider"]
    chosen = parse_arguments(words[3:])
    assert chosen.base_url == "https://calls.acme.com"
    assert is_sqlite(chosen.database_url)
    assert set(re.findall(rf"^Environment=({PREFIX}\w+)=", UNIT, re.MULTILINE)) == SECRETS


def test_what_the_container_copies_is_enough(tmp_path: Path) -> None:
    copied = re.findall(r"^COPY (app\S*) ", CONTAINER, re.MULTILINE)
    for name in copied:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    question = "import app, sys, app.provider.serving as s; print(app.__file__); print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", question], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    place, modules = done.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    unwanted = {"PySide6", "httpx", "keyring", "qasync", "msgspec", "app.ui", "app.services"}
    assert not unwanted & set(modules.split())
