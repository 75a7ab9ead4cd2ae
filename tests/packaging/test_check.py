"""The check: its closing line, its floors, and that one failing stage stops no other."""

import json
import sys
from pathlib import Path

import pytest

from devtool import check, floors
from devtool.places import Checkout

FULL = {"covered_lines": 2, "num_statements": 2, "covered_branches": 2, "num_branches": 2}
BRANCH_MISSED = {**FULL, "covered_branches": 1}
LINE_MISSED = {**FULL, "covered_lines": 1}


def write_report(path: Path, files: dict[str, dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "line",
    [
        "============================== 23 passed in 1.79s ==============================",
        "=================== 1 failed, 22 passed in 101.79s (0:01:41) ===================",
        "no tests ran in 0.01s",
        "3 errors in 0.20s",
    ],
)
def test_the_closing_line_is_found_below_other_output(line: str) -> None:
    output = f"tests/a.py ..\n\x1b[32m{line}\x1b[0m\nCoverage JSON written\n"
    assert check.closing_line(output) == line


def test_a_crashed_pytest_has_no_closing_line() -> None:
    assert check.closing_line("Fatal Python error\n") == "pytest ended without a closing line"


def test_files_are_added_up_by_layer(tmp_path: Path) -> None:
    report = write_report(
        tmp_path / "coverage.json",
        {
            "app\\domain\\slots.py": {"summary": FULL},
            "app/domain/links.py": {"summary": FULL},
            "app/main.py": {"summary": LINE_MISSED, "missing_lines": [7]},
        },
    )
    app, domain = sorted(floors.by_folder(floors.read_report(report)), key=lambda covered: covered.folder)
    assert (domain.folder, domain.lines, domain.branches) == ("app/domain", (4, 4), (4, 4))
    assert (app.folder, app.lines) == ("app", (1, 2))
    assert floors.faults([app, domain]) == []
    assert "floor 100 %" in floors.describe(domain)
    assert "floor" not in floors.describe(app)


@pytest.mark.parametrize("folder", floors.FLOOR_FOLDERS)
def test_one_missed_branch_or_line_below_a_floor_is_named(tmp_path: Path, folder: str) -> None:
    report = write_report(
        tmp_path / "coverage.json",
        {
            f"{folder}/a.py": {
                "summary": BRANCH_MISSED,
                "missing_lines": [],
                "missing_branches": [[3, 5], [7, -1]],
            },
            f"{folder}/b.py": {"summary": LINE_MISSED, "missing_lines": [3, 4, 5, 9]},
            f"{folder}/c.py": {"summary": {**FULL, "covered_lines": 0}, "missing_lines": [1, 2]},
        },
    )
    assert floors.faults(floors.by_folder(floors.read_report(report))) == [
        f"{folder}/a.py: branches 3->5, 7->-1 never taken",
        f"{folder}/b.py: lines 3-5, 9 never ran",
        f"{folder}/c.py: nothing of it ran",
    ]


def test_an_empty_layer_is_full(tmp_path: Path) -> None:
    nothing = {"covered_lines": 0, "num_statements": 0}
    report = write_report(tmp_path / "coverage.json", {"app/api/__init__.py": {"summary": nothing}})
    (covered,) = floors.by_folder(floors.read_report(report))
    assert covered.is_full
    assert "lines 100.00 %" in floors.describe(covered)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout whose first stage fails, whose second passes, and that has one passing test."""
    failing = ("first", ("-c", "import sys; print('the first one failed'); sys.exit(1)"))
    monkeypatch.setattr(check, "STAGES", (failing, ("second", ("-c", "pass"))))
    monkeypatch.setattr(check, "coverage_options", lambda _: ["-p", "no:randomly", "-p", "no:cacheprovider"])
    (tmp_path / "test_one.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    return Checkout(root=tmp_path)


def test_all_stages_run_and_the_closing_line_is_last(
    small: Checkout, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_report(small.artefacts / "coverage.json", {"app/api/a.py": {"summary": FULL}})
    assert check.check(Path(sys.executable), [], small) == 1
    lines = capfdbinary.readouterr().out.decode().splitlines()
    summary = lines[lines.index("--- summary ---") :]
    assert [line.split()[:2] for line in summary[1:-1]] == [
        ["FAILED", "first"],
        ["passed", "second"],
        ["passed", "tests"],
        ["passed", "coverage"],
    ]
    assert "1 passed in" in lines[-1]
    assert "the first one failed" in lines


def test_a_missing_report_fails_and_own_arguments_leave_the_floors_out(
    small: Checkout, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "STAGES", ())
    assert check.check(Path(sys.executable), [], small) == 1
    assert b"there is no coverage report" in capfdbinary.readouterr().out
    assert check.check(Path(sys.executable), ["-k", "one"], small) == 0
    assert b"only when all tests run" in capfdbinary.readouterr().out


def test_coverage_is_measured_by_branch_and_an_old_report_is_dropped(tmp_path: Path) -> None:
    place = Checkout(root=tmp_path)
    report = write_report(place.artefacts / "coverage.json", {})
    assert "--cov-branch" in check.coverage_options(place)
    assert not report.exists()
