"""The coverage floors: every branch of the layers that decide things."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FLOOR_FOLDERS = ("app/domain", "app/api", "app/gateways", "app/services")


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of one folder ran: lines and branches, each as (covered, all)."""

    folder: str
    lines: tuple[int, int]
    branches: tuple[int, int]
    gaps: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether every line and every branch ran."""
        return self.lines[0] == self.lines[1] and self.branches[0] == self.branches[1]


def read_report(report: Path) -> Mapping[str, Mapping[str, object]]:
    """The `files` part of coverage's JSON report, with forward slashes in its paths."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {str(name).replace("\\", "/"): content for name, content in files.items()}


def by_folder(files: Mapping[str, Mapping[str, object]]) -> list[Covered]:
    """Add the files up by the folder right under app/."""
    groups: dict[str, list[tuple[str, Mapping[str, object]]]] = {}
    for name, content in sorted(files.items()):
        parts = name.split("/")
        folder = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
        groups.setdefault(folder, []).append((name, content))
    return [_add_up(folder, members) for folder, members in groups.items()]


def _add_up(folder: str, members: list[tuple[str, Mapping[str, object]]]) -> Covered:
    totals = {"covered_lines": 0, "num_statements": 0, "covered_branches": 0, "num_branches": 0}
    gaps: list[str] = []
    for name, content in members:
        summary = content["summary"]
        assert isinstance(summary, dict)
        for key in totals:
            totals[key] += summary.get(key, 0)
        gaps += _gaps(name, content)
    return Covered(
        folder=folder,
        lines=(totals["covered_lines"], totals["num_statements"]),
        branches=(totals["covered_branches"], totals["num_branches"]),
        gaps=tuple(gaps),
    )


def _gaps(name: str, content: Mapping[str, object]) -> list[str]:
    """What never ran in one file, as at most one sentence."""
    summary, lines, jumps = (content.get(key) for key in ("summary", "missing_lines", "missing_branches"))
    if isinstance(lines, list) and lines:
        nothing = isinstance(summary, dict) and summary.get("covered_lines") == 0
        return [f"{name}: " + ("nothing of it ran" if nothing else f"lines {ranges(lines)} never ran")]
    if isinstance(jumps, list) and jumps:
        return [f"{name}: branches " + ", ".join(f"{start}->{end}" for start, end in jumps) + " never taken"]
    return []


def ranges(lines: list[int]) -> str:
    """Line numbers with neighbours drawn together: `3-5, 9`."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def describe(covered: Covered) -> str:
    """One line of the table."""
    (lines, all_lines), (branches, all_branches) = covered.lines, covered.branches
    line_share = 100 * lines / all_lines if all_lines else 100.0
    branch_share = 100 * branches / all_branches if all_branches else 100.0
    floor = "  floor 100 %" if covered.folder in FLOOR_FOLDERS else ""
    return f"{covered.folder:<14} lines {line_share:6.2f} %  branches {branch_share:6.2f} %{floor}"


def faults(folders: list[Covered]) -> list[str]:
    """What keeps the floors from being reached, one line per file; empty when all is well."""
    return [
        gap
        for covered in folders
        if covered.folder in FLOOR_FOLDERS and not covered.is_full
        for gap in covered.gaps
    ]
