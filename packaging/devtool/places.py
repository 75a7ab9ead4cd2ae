"""Where things lie in the checkout; nothing is written anywhere else."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_in(venv: Path) -> Path:
    """The interpreter of a virtual environment on this platform."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Checkout:
    """The folders of one checkout."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        """The virtual environment of the app and its check."""
        return self.root / ".venv"

    @property
    def lock_venv(self) -> Path:
        """The environment of the tool that writes the lock files."""
        return self.root / "build" / "lock-venv"

    @property
    def artefacts(self) -> Path:
        """What commands leave behind for a person to look at."""
        return self.root / "artefacts"

    @property
    def requirements(self) -> Path:
        """The folder of the requirement files and their locks."""
        return self.root / "packaging" / "requirements"

    def lock_file(self, name: str) -> Path:
        """The lock file called `name` (run, dev, bench, server, build, lock)."""
        return self.requirements / f"{name}.txt"
