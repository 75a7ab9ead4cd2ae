"""The tour: plays the main job in the real window against the practice world, times it and takes pictures."""

import json
import sys
import tempfile
import time
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QApplication

from app.compose import Options, compose
from app.compose.running import RunningApp
from app.domain.problems import Problem, StorageFailed, StorageTrouble
from app.tour.hands import StepFailed
from app.tour.steps import MAIN_JOB
from app.tour.tour import Step, Tour
from app.ui.kit.wording import words_for

SIZE = QSize(1440, 900)
ZONE = "Europe/Berlin"
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


@dataclass(slots=True)
class StepReport:
    """How a step went; `ms` is wall time without the pictures."""

    name: str
    ok: bool
    ms: float
    pictures: list[str] = field(default_factory=list)
    trouble: str = ""


async def play(application: QApplication, executor: Executor, *, pictures: Path | None) -> int:
    """Play all steps in a fresh data folder; 0 when all succeeded. Pictures and report go to `pictures`."""
    reports: list[StepReport] = []
    _make_folder(pictures)
    with tempfile.TemporaryDirectory(prefix="slotdesk-tour-") as folder:
        options = Options(
            data_dir=Path(folder), fixed_size=SIZE, keeps_secrets=False, zone=ZONE, locale=LOCALE
        )
        async with compose(application, executor, options) as running:
            tour = Tour(running)
            for step in MAIN_JOB:
                report = await _play_step(step, tour, len(reports) + 1, pictures)
                reports.append(report)
                if not report.ok:
                    break
    ok = len(reports) == len(MAIN_JOB) and all(report.ok for report in reports)
    _write(reports, ok, pictures)
    return 0 if ok else 1


async def _play_step(step: Step, tour: Tour, number: int, pictures: Path | None) -> StepReport:
    started = time.perf_counter()
    try:
        await step.act(tour)
    except (StepFailed, Problem) as reason:
        trouble = words_for(reason).sentence if isinstance(reason, Problem) else str(reason)
        report = StepReport(step.name, ok=False, ms=_ms(started), trouble=trouble)
    else:
        report = StepReport(step.name, ok=True, ms=_ms(started))
    if pictures is not None and (step.picture or not report.ok):
        report.pictures = await _take_pictures(tour.running, pictures, f"{number:02}-{step.name}")
    return report


async def _take_pictures(running: RunningApp, folder: Path, name: str) -> list[str]:
    hands = Tour(running).hands
    hands.point_away()
    taken = []
    for scheme, suffix in (("dark", "-dark"), ("light", "")):
        running.theme.set_scheme(scheme)  # type: ignore[arg-type]
        await hands.rest()
        file = folder / f"{name}{suffix}.png"
        running.window.grab().save(str(file))
        taken.append(file.name)
    return sorted(taken)


def _make_folder(pictures: Path | None) -> None:
    """Make the folder and see that pictures can be kept in it. Raises StorageFailed."""
    if pictures is None:
        return
    try:
        pictures.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=pictures):
            pass
    except OSError as reason:
        raise StorageFailed(StorageTrouble.READ_ONLY, str(pictures)) from reason


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def _write(reports: list[StepReport], ok: bool, pictures: Path | None) -> None:
    if pictures is not None:
        text = json.dumps({"ok": ok, "steps": [asdict(report) for report in reports]}, indent=2)
        (pictures / "report.json").write_text(text + "\n", encoding="utf-8")
    for report in reports:
        mark = "ok " if report.ok else "FAILED"
        sys.stdout.write(f"{mark} {report.name:12} {report.ms:8.1f} ms  {report.trouble}\n")
    sys.stdout.write(f"{'every step succeeded' if ok else 'the tour failed'}\n")
