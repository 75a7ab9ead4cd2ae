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
    lines, all_lines, branches, all_branches = 0, 0, 0, 0
    gaps: list[str] = []
    for name, content in members:
        summary = content["summary"]
        assert isinstance(summary, dict)
        lines += summary["covered_lines"]
        all_lines += summary["num_statements"]
        branches += summary.get("covered_branches", 0)
        all_branches += summary.get("num_branches", 0)
        missing, jumps = content.get("missing_lines"), content.get("missing_branches")
        if missing:
            gaps.append(f"{name}: lines {missing} never ran")
        elif jumps:
            gaps.append(f"{name}: branches {jumps} never taken")
    return Covered(
        folder=folder, lines=(lines, all_lines), branches=(branches, all_branches), gaps=tuple(gaps)
    )


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
