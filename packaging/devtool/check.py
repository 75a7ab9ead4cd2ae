"""The whole check: format, lint, types, import contracts, tests with coverage, floors, one summary."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtool import floors
from devtool.places import Checkout
from devtool.saying import say

CODE = ("app", "packaging", "tests")
_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("-m", "ruff", "format", "--check", *CODE)),
    ("lint", ("-m", "ruff", "check", *CODE)),
    ("types", ("-m", "mypy", *CODE)),
    ("imports", ("-c", _IMPORTS)),
)
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
"""All tests in as many processes as there are processors, four at most; each file in one of them."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CLOSING = re.compile(r"\b(?:\d+ (?:passed|failed|errors?|skipped|deselected)|no tests ran)\b.* in [\d.]+s")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one stage ended; seconds are wall time."""

    name: str
    passed: bool
    seconds: float


def check(python: Path, pytest_arguments: Sequence[str], checkout: Checkout) -> int:
    """Run every stage even when one fails; print pytest's closing line last; 0 only when all passed."""
    checkout.artefacts.mkdir(parents=True, exist_ok=True)
    outcomes = [_run_stage(name, [str(python), *arguments], checkout) for name, arguments in STAGES]
    together = [] if pytest_arguments else SIDE_BY_SIDE
    tests, closing = run_pytest(python, [*coverage_options(checkout), *together, *pytest_arguments], checkout)
    outcomes.append(tests)
    if not pytest_arguments:
        outcomes.append(_check_floors(checkout))
    say("\n--- summary ---")
    for outcome in outcomes:
        say(f"{'passed' if outcome.passed else 'FAILED'}  {outcome.name:<9} {outcome.seconds:7.1f} s")
    if pytest_arguments:
        say("(the coverage floors are judged only when all tests run)")
    say(closing)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _run_stage(name: str, command: list[str], checkout: Checkout) -> Outcome:
    say(f"--- {name}")
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=checkout.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say(done.stdout.rstrip())
    return Outcome(name=name, passed=done.returncode == 0, seconds=time.monotonic() - began)


def coverage_options(checkout: Checkout) -> list[str]:
    """Branch coverage of app/, as JSON for the floors."""
    report = checkout.artefacts / "coverage.json"
    report.unlink(missing_ok=True)
    return ["--cov", "--cov-branch", "--cov-report=", f"--cov-report=json:{report}"]


def run_pytest(python: Path, arguments: Sequence[str], checkout: Checkout) -> tuple[Outcome, str]:
    """Run pytest with its output shown as it comes; return its outcome and its closing line."""
    say("--- tests")
    began = time.monotonic()
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    process = subprocess.Popen(
        [str(python), "-m", "pytest", *colour, *arguments],
        cwd=checkout.root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    tail = b""
    while chunk := os.read(process.stdout.fileno(), 65536):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        tail = (tail + chunk)[-65536:]
    process.stdout.close()
    passed = process.wait() == 0
    closing = closing_line(tail.decode("utf-8", "replace"))
    return Outcome(name="tests", passed=passed, seconds=time.monotonic() - began), closing


def closing_line(output: str) -> str:
    """pytest's own last line with the counts; a sentence when pytest ended without one."""
    lines = [_COLOUR.sub("", line).rstrip() for line in output.splitlines()]
    found = [line for line in lines if _CLOSING.search(line)]
    return found[-1] if found else "pytest ended without a closing line"


def _check_floors(checkout: Checkout) -> Outcome:
    say("--- coverage")
    began = time.monotonic()
    report = checkout.artefacts / "coverage.json"
    if not report.exists():
        say("there is no coverage report")
        return Outcome(name="coverage", passed=False, seconds=time.monotonic() - began)
    folders = floors.by_folder(floors.read_report(report))
    for covered in folders:
        say(floors.describe(covered))
    faults = floors.faults(folders)
    for fault in faults:
        say(fault)
    return Outcome(name="coverage", passed=not faults, seconds=time.monotonic() - began)
