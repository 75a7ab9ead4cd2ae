"""The tour as the README and the packaged program's self-check run it: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import tour
from app.tour.hands import StepFailed
from app.tour.steps import MAIN_JOB
from app.tour.tour import Step, Tour

LONGEST_S = 110


def _slotdesk(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
    }
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


def test_the_tour_plays_the_main_job_and_takes_its_pictures(tmp_path: Path) -> None:
    done = _slotdesk("--tour", str(tmp_path / "pictures"), home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "pictures" / "report.json").read_text(encoding="utf-8"))
    assert report["ok"] is True
    assert [step["name"] for step in report["steps"]] == [step.name for step in MAIN_JOB]
    assert all(step["ms"] > 0 for step in report["steps"])
    for step in report["steps"]:
        for picture in step["pictures"]:
            assert (tmp_path / "pictures" / picture).read_bytes().startswith(b"\x89PNG")
    assert {"01-welcome.png", "08-booked.png", "08-booked-dark.png"} <= {
        file.name for file in (tmp_path / "pictures").iterdir()
    }


async def test_a_step_that_fails_says_why() -> None:
    async def fail(_tour: Tour) -> None:
        raise StepFailed("there is no visible button")

    report = await tour._play_step(Step("broken", fail, picture=False), None, 1, None)  # type: ignore[arg-type]
    assert not report.ok
    assert report.trouble == "there is no visible button"


def test_one_failed_step_makes_the_whole_tour_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = [
        tour.StepReport("welcome", ok=True, ms=1.0),
        tour.StepReport("book", ok=False, ms=2.0, trouble="x"),
    ]
    tour._write(reports, False, tmp_path)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["ok"] is False
    assert "FAILED book" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--version"], 0, "Slotdesk"),
        (["--help"], 0, "--tour"),
        (["--no-such-word"], 2, "unrecognized"),
    ],
)
def test_the_command_line_answers_without_a_window(
    words: list[str], code: int, says: str, tmp_path: Path
) -> None:
    done = _slotdesk(*words, home=tmp_path)
    assert done.returncode == code
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
